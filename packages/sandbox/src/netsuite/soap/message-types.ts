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
};

const responses: Record<string, string> = {
  search: 'ref:platformCore:searchResult',
  searchMoreWithId: 'ref:platformCore:searchResult',
  get: 'readResponse platformMsgs:ReadResponse',
  getList: 'readResponseList platformMsgs:ReadResponseList',
  getServerTime: 'ref:platformCore:getServerTimeResult',
  getPostingTransactionSummary: 'ref:platformCore:getPostingTransactionSummaryResult',
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
