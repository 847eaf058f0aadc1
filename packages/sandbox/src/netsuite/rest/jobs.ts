import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import { missing, notAllowed, RestError } from './errors.ts';
import { asyncPath } from './paths.ts';

interface Job {
  reply: VendorReply;
  at: number;
}

export interface Jobs {
  /** Whether the client wants to be answered later. */
  wants(request: VendorRequest): boolean;
  /** Runs a request at once and answers where its job is. */
  submit(request: VendorRequest, run: () => VendorReply): VendorReply;
  /** What `/services/rest/async/v1/job/…` tells of a job, its one task and the task's answer. */
  answer(request: VendorRequest): VendorReply;
}

const lifeMs = 30 * 24 * 60 * 60_000;

/** `Prefer: respond-async`. The work is done before the 202 is sent: a job is complete when it is first asked for. */
export function createJobs(now: () => number): Jobs {
  const jobs = new Map<string, Job>();
  const keys = new Map<string, string>();
  let count = 0;

  const describe = (self: string, id: string, reply: VendorReply, more: object) => ({
    links: [{ rel: 'self', href: self }],
    id,
    completed: true,
    progress: reply.status < 400 ? 'succeeded' : 'failed',
    ...more,
  });
  const link = (href: string) => ({ links: [{ rel: 'self', href }] });

  return {
    wants: ({ headers }) => /\brespond-async\b/.test(String(headers.prefer ?? '')),
    submit(request, run) {
      const key = request.headers['x-netsuite-idempotency-key'];
      const known = typeof key === 'string' ? keys.get(key) : undefined;
      if (known !== undefined) {
        const detail =
          'A request with the same idempotency key was submitted before. The Location header names its job.';
        const headers = {
          location: `${request.url.origin}${asyncPath}/${known}`,
          'preference-applied': 'respond-async',
        };
        throw new RestError({ status: 400, code: 'IDEMPOTENCY_ERROR', detail, headers });
      }
      count += 1;
      const id = String(count);
      for (const [old, { at }] of jobs) if (at < now() - lifeMs) jobs.delete(old);
      jobs.set(id, { reply: run(), at: now() });
      if (typeof key === 'string') keys.set(key, id);
      const location = `${request.url.origin}${asyncPath}/${id}`;
      return { status: 202, headers: { location, 'preference-applied': 'respond-async' } };
    },
    answer(request) {
      if (request.method !== 'GET') throw notAllowed(request.method);
      const [id = '', task, taskId, result] = request.url.pathname.slice(asyncPath.length + 1).split('/');
      const job = jobs.get(id);
      const known = (taskId === undefined || taskId === '1') && (task === undefined || task === 'task');
      if (!job || !known || (result !== undefined && result !== 'result')) throw missing(request.url);
      const self = `${request.url.origin}${asyncPath}/${id}`;
      if (result === 'result') return job.reply;
      if (taskId) {
        return json(describe(`${self}/task/1`, '1', job.reply, { result: link(`${self}/task/1/result`) }));
      }
      if (!task) return json(describe(self, id, job.reply, { task: link(`${self}/task`) }));
      const items = [{ ...link(`${self}/task/1`), id: '1' }];
      return json({ ...link(`${self}/task`), items, count: 1, offset: 0, hasMore: false, totalResults: 1 });
    },
  };
}

const json = (body: object): VendorReply => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
