import { status } from './envelope.ts';
import { SoapFault } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

export interface Asynchronous {
  /** Keeps a job whose work is done: it is finished when it is first asked for. The type is that of its result. */
  start(version: string, jobId: string, type: string, result: (pageIndex: number) => Xml): Xml;
  check(version: string, request: XmlNode): Xml;
  result(request: XmlNode): Xml;
}

interface Job {
  jobId: string;
  type: string;
  result: (pageIndex: number) => Xml;
}

export function createAsynchronous(): Asynchronous {
  const jobs = new Map<string, Job>();

  const known = (request: XmlNode): Job => {
    const job = jobs.get(child(request, 'jobId')?.text ?? '');
    if (!job) throw new SoapFault('asyncFault', 'INVALID_JOB_ID', 'The job id is not valid.');
    return job;
  };

  return {
    start(version, jobId, type, result) {
      jobs.set(jobId, { jobId, type, result });
      return writeStatus(version, jobId, 'pending');
    },
    check: (version, request) => writeStatus(version, known(request).jobId, 'finished'),
    result(request) {
      const { type, result } = known(request);
      const pageIndex = Number(child(request, 'pageIndex')?.text ?? 1);
      return element('asyncResult', { 'xsi:type': type }, result(pageIndex));
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
