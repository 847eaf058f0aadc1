import { status } from './envelope.ts';
import { SoapFault } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import type { Searching } from './searching.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

export interface Asynchronous {
  /** `asyncSearch`: the search runs at once, so its job is finished when it is first asked for. */
  start(version: string, jobId: string, header: XmlNode | undefined, request: XmlNode): Xml;
  check(version: string, request: XmlNode): Xml;
  result(version: string, request: XmlNode): Xml;
}

const maxPageSize = 2000;

export function createAsynchronous(searching: Searching): Asynchronous {
  const jobs = new Set<string>();

  const known = (request: XmlNode): string => {
    const jobId = child(request, 'jobId')?.text ?? '';
    if (!jobs.has(jobId)) throw new SoapFault('asyncFault', 'INVALID_JOB_ID', 'The job id is not valid.');
    return jobId;
  };

  return {
    start(version, jobId, header, request) {
      searching.search(version, jobId, header, request, maxPageSize);
      jobs.add(jobId);
      return writeStatus(version, jobId, 'pending');
    },
    check: (version, request) => writeStatus(version, known(request), 'finished'),
    result(version, request) {
      const jobId = known(request);
      const pageIndex = child(request, 'pageIndex')?.text ?? '1';
      const page = searching.page(version, jobId, Number(pageIndex));
      return element('asyncResult', { 'xsi:type': 'AsyncSearchResult' }, page);
    },
  };
}

function writeStatus(version: string, jobId: string, state: 'pending' | 'finished'): Xml {
  const done = state === 'finished';
  return element(
    'platformCore:asyncStatusResult',
    { 'xmlns:platformCore': namespaceOf('platformCore', version) },
    element('platformCore:jobId', {}, jobId),
    element('platformCore:status', {}, state),
    element('platformCore:percentCompleted', {}, done ? '100.0' : '0.0'),
    element('platformCore:estRemainingDuration', {}, done ? '0.0' : '1.0'),
  );
}

/** `getDataCenterUrls`, which needs no login: every service is where it was asked. */
export function writeDataCenter(version: string, origin: string): Xml {
  return element(
    'platformCore:getDataCenterUrlsResult',
    { 'xmlns:platformCore': namespaceOf('platformCore', version) },
    status(version, null),
    element(
      'platformCore:dataCenterUrls',
      {},
      ...['restDomain', 'webservicesDomain', 'systemDomain'].map((name) => element(`platformCore:${name}`, {}, origin)),
    ),
  );
}
