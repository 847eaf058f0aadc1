import { randomBytes } from 'node:crypto';
import { StatusError } from './errors.ts';
import type { SearchPlan } from './search.ts';

/** A search that later pages may be asked of. */
export interface SearchJob {
  plan: SearchPlan;
  pageSize: number;
  withLines: boolean;
}

const idleMs = 15 * 60_000;

export interface SearchJobs {
  add(id: string, job: SearchJob): void;
  /** Throws `INVALID_JOB_ID` for an id that is unknown or was left alone for 15 minutes. */
  get(id: string): SearchJob;
}

export function createSearchJobs(now: () => number): SearchJobs {
  const jobs = new Map<string, { job: SearchJob; usedAt: number }>();

  const forgetIdle = () => {
    for (const [id, { usedAt }] of jobs) {
      if (now() - usedAt > idleMs) jobs.delete(id);
    }
  };

  return {
    add(id, job) {
      forgetIdle();
      jobs.set(id, { job, usedAt: now() });
    },
    get(id) {
      forgetIdle();
      const found = jobs.get(id);
      if (!found) throw new StatusError('INVALID_JOB_ID', 'The search id is not valid, or it has expired.');
      found.usedAt = now();
      return found.job;
    },
  };
}

/** The id of a reply, which is also the id of the search that it starts. */
export function createNsId(account: string, now: () => number): () => string {
  let count = 0;
  return () => {
    count += 1;
    const day = new Date(now()).toISOString().slice(0, 10).replaceAll('-', '');
    return `WEBSERVICES_${account}_${day}${count}_${randomBytes(5).toString('hex')}`;
  };
}
