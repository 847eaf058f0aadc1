import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { World } from '../../world/world.ts';
import type { Tba } from '../auth/tba.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import type { Excess, Governance } from '../governance.ts';
import type { RecordStore } from '../writing/store.ts';
import { createAsynchronous, invalidPage, writeDataCenter } from './asynchronous.ts';
import { readCurrencyRates } from './currency-rates.ts';
import { toDateTime } from './dates.ts';
import { listDeleted } from './deleted.ts';
import { faultReply, readEnvelope, readPassport, soapReply, status } from './envelope.ts';
import { invalidLogin, SoapFault } from './errors.ts';
import { listSavedSearches, readAll } from './get-all.ts';
import { initialise, initialiseMany } from './initializing.ts';
import { createNsId, createSearchJobs } from './jobs.ts';
import { asynchronousLists } from './message-types.ts';
import { defaultVersion, namespaceOf } from './namespaces.ts';
import { readMany, readOne } from './reading.ts';
import { createRecordReader } from './records.ts';
import { createSearching } from './searching.ts';
import { summarise } from './summary.ts';
import { writeMany, writeOne } from './writes.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

interface SoapParts {
  credentials: NetsuiteCredentials;
  control: Control;
  governance: Governance;
  tba: Tba;
  world: World;
  store: RecordStore;
  now: () => number;
}

interface Call {
  version: string;
  nsId: string;
  origin: string;
  header: XmlNode | undefined;
  request: XmlNode;
  /** Asynchronous lists may be twice as long. */
  isAsynchronous?: boolean;
}

const asynchronousPageSize = 2000;
const portPath = /^\/services\/NetSuitePort_(\d{4}_\d)$/;

export const isSoapPath = (pathname: string) => portPath.test(pathname);

/** Answers SOAP calls at any `NetSuitePort_YYYY_N`, in that version's namespaces. */
export function createSoap({ credentials, control, governance, tba, world, store, now }: SoapParts) {
  const { db } = world;
  const reader = createRecordReader(db);
  const searching = createSearching({ db, control, jobs: createSearchJobs(now), reader, today: world.today });
  const asynchronous = createAsynchronous();
  const nextNsId = createNsId(credentials.account, now);

  const operations: Record<string, (call: Call) => Xml> = {
    search: ({ version, nsId, header, request }) => searching.search(version, nsId, header, request),
    searchMoreWithId: ({ version, request }) => searching.more(version, request),
    get: ({ version, request }) => readOne(reader, version, request),
    getList: ({ version, request, isAsynchronous }) => readMany(reader, control, version, request, isAsynchronous),
    getServerTime: ({ version }) => writeServerTime(version, now()),
    getPostingTransactionSummary: ({ version, nsId, request }) => summarise(db, version, nsId, request),
    getAll: ({ version, request }) => readAll(db, reader, version, request),
    getSavedSearch: ({ version }) => listSavedSearches(version),
    getDeleted: ({ version, request }) => listDeleted(db, version, world.today, request),
    getDataCenterUrls: ({ version, origin }) => writeDataCenter(version, origin),
    getCurrencyRate: ({ version, request }) => readCurrencyRates(db, version, world.today, request),
    getAccountGovernanceInfo: ({ version }) => writeGovernance(version, governance.limits.concurrency),
    initialize: ({ version, request }) => initialise(store, reader, version, request),
    initializeList: ({ version, request }) => initialiseMany(store, reader, version, request),
    asyncSearch({ version, nsId, header, request }) {
      searching.search(version, nsId, header, request, asynchronousPageSize);
      const result = (pageIndex: number) => searching.page(version, nsId, pageIndex);
      return asynchronous.start(version, { jobId: nsId, type: 'AsyncSearchResult', result });
    },
    checkAsyncStatus: ({ version, request }) => asynchronous.check(version, request),
    getAsyncResult: ({ request }) => asynchronous.result(request),
  };
  for (const name of ['add', 'update', 'upsert', 'delete']) {
    operations[name] = ({ version, request }) => writeOne(store, version, name, request);
    operations[`${name}List`] = ({ version, request, isAsynchronous }) =>
      writeMany(store, control, version, name, request, isAsynchronous);
  }

  for (const name of asynchronousLists) {
    const run = operations[`${name.charAt(0).toLowerCase()}${name.slice(1)}`];
    if (!run) continue;
    operations[`async${name}`] = (call) => {
      const done = run({ ...call, isAsynchronous: true });
      const result = (pageIndex: number) => {
        if (pageIndex !== 1) throw invalidPage();
        return done;
      };
      const hasErrors = done.xml.includes('isSuccess="false"');
      return asynchronous.start(call.version, { jobId: call.nsId, type: `Async${name}Result`, hasErrors, result });
    };
  }

  const authenticate = (header: XmlNode | undefined) => {
    if (child(header, 'tokenPassport') && child(header, 'applicationInfo')) {
      const message = 'Ambiguous authentication: applicationInfo was sent with a tokenPassport.';
      throw new SoapFault('invalidCredentialsFault', 'INVALID_LOGIN_CREDENTIALS', message);
    }
    const passport = readPassport(header);
    if (!passport || !tba.acceptsSoap(passport)) throw invalidLogin();
  };

  const answer = (request: VendorRequest, version: string): VendorReply => {
    const { header, operation } = readEnvelope(request.body);
    const run = Object.hasOwn(operations, operation.name) ? operations[operation.name] : undefined;
    request.operation = run ? `soap:${operation.name}` : 'soap:unknown';
    const excess = governance.blocks(request);
    if (excess) throw overLimit(excess);
    if (operation.name !== 'getDataCenterUrls') authenticate(header);
    if (!run) {
      const message = `The operation ${operation.name} is not supported.`;
      throw new SoapFault('unexpectedErrorFault', 'UNEXPECTED_ERROR', message);
    }
    const nsId = nextNsId();
    return soapReply(
      version,
      nsId,
      operation.name,
      run({ version, nsId, origin: request.url.origin, header, request: operation }),
    );
  };

  return (request: VendorRequest): VendorReply => {
    const version = portPath.exec(request.url.pathname)?.[1] ?? defaultVersion;
    request.operation = 'soap';
    try {
      return answer(request, version);
    } catch (error) {
      if (error instanceof SoapFault) return faultReply(version, error);
      return faultReply(
        version,
        new SoapFault('unexpectedErrorFault', 'UNEXPECTED_ERROR', 'An unexpected error occurred.'),
      );
    }
  };
}

const overLimit = (excess: Excess) =>
  excess === 'parallel'
    ? new SoapFault(
        'exceededConcurrentRequestLimitFault',
        'WS_REQUEST_BLOCKED',
        'SuiteTalk concurrent request limit exceeded. Request blocked.',
      )
    : new SoapFault(
        'exceededRequestLimitFault',
        'WS_REQUEST_BLOCKED',
        `SuiteTalk request limit of ${excess === 'day' ? '24 hours' : '60 seconds'} exceeded. Request blocked.`,
      );

/** No integration has places of its own: all are free. */
function writeGovernance(version: string, concurrency: number): Xml {
  return element(
    'platformCore:getAccountGovernanceInfoResult',
    { 'xmlns:platformCore': namespaceOf('platformCore', version) },
    status(version, null),
    element('platformCore:accountConcurrencyLimit', {}, concurrency),
    element('platformCore:unallocatedConcurrencyLimit', {}, concurrency),
  );
}

function writeServerTime(version: string, now: number): Xml {
  return element(
    'platformCore:getServerTimeResult',
    { 'xmlns:platformCore': namespaceOf('platformCore', version) },
    status(version, null),
    element('platformCore:serverTime', {}, toDateTime(now)),
  );
}
