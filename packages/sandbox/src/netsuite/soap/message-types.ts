import type { Schema, TypeDefinition } from './xsd.ts';

const type = (name: string, ...members: string[]): TypeDefinition => ({ name, members });

/** Each operation's request children and response children. Result wrappers live in the core schema. */
const requests: Record<string, string[]> = {
  search: ['searchRecord platformCore:SearchRecord'],
  searchMoreWithId: ['searchId xsd:string', 'pageIndex xsd:int'],
  get: ['baseRef platformCore:BaseRef'],
  getList: ['baseRef platformCore:BaseRef*'],
  getServerTime: [],
  getPostingTransactionSummary: [
    'fields platformCore:PostingTransactionSummaryField',
    'filters platformCore:PostingTransactionSummaryFilter',
    'pageIndex xsd:int',
  ],
  getAll: ['record platformCore:GetAllRecord'],
  getSavedSearch: ['record platformCore:GetSavedSearchRecord'],
  getDeleted: ['getDeletedFilter platformCore:GetDeletedFilter', 'pageIndex xsd:int'],
  getDataCenterUrls: ['account xsd:string'],
  getAccountGovernanceInfo: [],
  getCurrencyRate: ['currencyRateFilter platformCore:CurrencyRateFilter'],
  initialize: ['initializeRecord platformCore:InitializeRecord'],
  initializeList: ['initializeRecord platformCore:InitializeRecord*'],
  asyncSearch: ['searchRecord platformCore:SearchRecord'],
  checkAsyncStatus: ['jobId xsd:string'],
  getAsyncResult: ['jobId xsd:string', 'pageIndex xsd:int'],
  ...Object.fromEntries(
    ['add', 'update', 'upsert', 'delete'].flatMap((name) => {
      const [field, type] = name === 'delete' ? ['baseRef', 'BaseRef'] : ['record', 'Record'];
      return [
        [name, [`${field} platformCore:${type}`]],
        [`${name}List`, [`${field} platformCore:${type}*`]],
      ];
    }),
  ),
};

/** The lists that can be worked off later, as their synchronous operations are called, capital first. */
export const asynchronousLists = ['AddList', 'UpdateList', 'UpsertList', 'DeleteList', 'GetList', 'InitializeList'];
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
for (const name of asynchronousLists) requests[`async${name}`] = requests[lower(name)] ?? [];

const responses: Record<string, string> = {
  search: 'ref:platformCore:searchResult',
  searchMoreWithId: 'ref:platformCore:searchResult',
  get: 'readResponse platformMsgs:ReadResponse',
  getList: 'readResponseList platformMsgs:ReadResponseList',
  getServerTime: 'ref:platformCore:getServerTimeResult',
  getPostingTransactionSummary: 'ref:platformCore:getPostingTransactionSummaryResult',
  getAll: 'ref:platformCore:getAllResult',
  getSavedSearch: 'ref:platformCore:getSavedSearchResult',
  getDeleted: 'ref:platformCore:getDeletedResult',
  getDataCenterUrls: 'ref:platformCore:getDataCenterUrlsResult',
  getCurrencyRate: 'ref:platformCore:getCurrencyRateResult',
  getAccountGovernanceInfo: 'ref:platformCore:getAccountGovernanceInfoResult',
  initialize: 'readResponse platformMsgs:ReadResponse',
  initializeList: 'readResponseList platformMsgs:ReadResponseList',
  ...Object.fromEntries(asynchronousLists.map((name) => [`async${name}`, 'ref:platformCore:asyncStatusResult'])),
  asyncSearch: 'ref:platformCore:asyncStatusResult',
  checkAsyncStatus: 'ref:platformCore:asyncStatusResult',
  getAsyncResult: 'asyncResult platformMsgs:AsyncResult',
  ...Object.fromEntries(
    ['add', 'update', 'upsert', 'delete'].flatMap((name) => [
      [name, 'writeResponse platformMsgs:WriteResponse'],
      [`${name}List`, 'writeResponseList platformMsgs:WriteResponseList'],
    ]),
  ),
};

export const operationNames = Object.keys(requests);

const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

export const messages: Schema = {
  prefix: 'platformMsgs',
  types: [
    ...operationNames.map((name) => type(`${upper(name)}Request`, ...(requests[name] ?? []))),
    ...operationNames.map((name) => type(`${upper(name)}Response`, responses[name] ?? '')),
    type('ReadResponse', 'ref:platformCore:status', 'record platformCore:Record'),
    type('ReadResponseList', 'ref:platformCore:status', 'readResponse platformMsgs:ReadResponse*'),
    type('WriteResponse', 'ref:platformCore:status', 'baseRef platformCore:BaseRef'),
    type('WriteResponseList', 'ref:platformCore:status', 'writeResponse platformMsgs:WriteResponse*'),
    { name: 'AsyncResult', abstract: true, members: [] },
    { name: 'AsyncSearchResult', base: 'platformMsgs:AsyncResult', members: ['ref:platformCore:searchResult'] },
    ...asynchronousLists.map((name) => ({
      name: `Async${name}Result`,
      base: 'platformMsgs:AsyncResult',
      members: [responses[lower(name)] ?? ''],
    })),
    type('SearchPreferences', 'bodyFieldsOnly xsd:boolean', 'returnSearchColumns xsd:boolean', 'pageSize xsd:int'),
    type('ApplicationInfo', 'applicationId xsd:string'),
    type('DocumentInfo', 'nsId xsd:string'),
  ],
  elements: [
    ...operationNames.map((name) => `${name} platformMsgs:${upper(name)}Request`),
    ...operationNames.map((name) => `${name}Response platformMsgs:${upper(name)}Response`),
    'tokenPassport platformCore:TokenPassport',
    'searchPreferences platformMsgs:SearchPreferences',
    'applicationInfo platformMsgs:ApplicationInfo',
    'documentInfo platformMsgs:DocumentInfo',
  ],
};

const faultNames =
  `insufficientPermission invalidAccount invalidCredentials invalidSession exceededConcurrentRequestLimit
  exceededRequestLimit exceededUsageLimit exceededRecordCount exceededRequestSize invalidVersion async unexpectedError`.split(
    /\s+/,
  );

export const faults: Schema = {
  prefix: 'platformFaults',
  types: faultNames.map((name) => type(`${upper(name)}Fault`, 'code xsd:string', 'message xsd:string')),
  elements: faultNames.map((name) => `${name}Fault platformFaults:${upper(name)}Fault`),
};
