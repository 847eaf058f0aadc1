import { status } from './envelope.ts';
import { SoapFault } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

export interface Asynchronous {
  /** Keeps a job whose work is done: it is finished when it is first asked for. */
  start(version: string, job: AsynchronousJob): Xml;
  check(version: string, request: XmlNode): Xml;
  result(request: XmlNode): Xml;
}

export interface AsynchronousJob {
  jobId: string;
  /** The type of its result. */
  type: string;
  /** Whether some of its records failed. */
  hasErrors?: boolean;
  result: (pageIndex: number) => Xml;
}

type JobState = 'pending' | 'finished' | 'finishedWithErrors';

export const invalidPage = () => new SoapFault('asyncFault', 'INVALID_PAGE_INDEX', 'The page index is not valid.');

export function createAsynchronous(): Asynchronous {
  const jobs = new Map<string, AsynchronousJob>();

  const known = (request: XmlNode): AsynchronousJob => {
    const job = jobs.get(child(request, 'jobId')?.text ?? '');
    if (!job) throw new SoapFault('asyncFault', 'INVALID_JOB_ID', 'The job id is not valid.');
    return job;
  };

  return {
    start(version, job) {
      jobs.set(job.jobId, job);
      return writeStatus(version, job.jobId, 'pending');
    },
    check(version, request) {
      const { jobId, hasErrors } = known(request);
      return writeStatus(version, jobId, hasErrors ? 'finishedWithErrors' : 'finished');
    },
    result(request) {
      const { type, result } = known(request);
      const pageIndex = Number(child(request, 'pageIndex')?.text ?? 1);
      return element('asyncResult', { 'xsi:type': type }, result(pageIndex));
    },
  };
}

function writeStatus(version: string, jobId: string, state: JobState): Xml {
  const done = state !== 'pending';
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
