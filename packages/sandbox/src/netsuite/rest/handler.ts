import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { OAuth } from '../auth/oauth.ts';
import type { Tba } from '../auth/tba.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import type { Governance } from '../governance.ts';
import type { Suiteql } from '../suiteql/run.ts';
import { errorReply, invalidLogin, overLimit, RestError } from './errors.ts';
import { createJobs } from './jobs.ts';
import { asyncPath, recordPath } from './paths.ts';
import type { Records } from './records.ts';
import { answerSuiteql, suiteqlPath } from './suiteql.ts';
import { answerSystem, systemPath } from './system.ts';

interface RestParts {
  credentials: NetsuiteCredentials;
  control: Control;
  governance: Governance;
  oauth: OAuth;
  tba: Tba;
  suiteql: Suiteql;
  records: Records;
  now: () => number;
}

/** Answers everything under `/services/rest/` but the token endpoint. */
export function createRest({ credentials, control, governance, oauth, tba, suiteql, records, now }: RestParts) {
  const jobs = createJobs(now);

  const refuse = async (request: VendorRequest): Promise<VendorReply | null> => {
    const authorization = request.headers.authorization ?? '';
    const realm = `realm="${credentials.account}"`;
    if (/^OAuth\s/i.test(authorization)) {
      if (tba.acceptsRest(request.method, request.url, authorization)) return null;
      return invalidLogin(`OAuth ${realm}, error="token_rejected", error_description="Invalid login attempt."`);
    }
    const [, bearer] = /^Bearer\s+(\S+)$/i.exec(authorization) ?? [];
    if (bearer && (await oauth.accepts(bearer))) return null;
    return invalidLogin(`Bearer ${realm}, error="invalid_token", error_description="Invalid login attempt."`);
  };

  const answer = (request: VendorRequest): VendorReply => {
    const { pathname } = request.url;
    if (request.method === 'OPTIONS') return { status: 204 };
    if (pathname === suiteqlPath) return answerSuiteql(suiteql, control, request);
    if (pathname.startsWith(recordPath)) return records.answer(request);
    if (pathname.startsWith(systemPath)) return answerSystem(request, now(), governance.limits.concurrency);
    if (pathname.startsWith(`${asyncPath}/`)) return jobs.answer(request);
    throw new RestError({ status: 404, code: 'INVALID_URL', detail: 'There is no such service.', where: {} });
  };

  const orProblem = (work: () => VendorReply): VendorReply => {
    try {
      return work();
    } catch (error) {
      if (error instanceof RestError) return errorReply(error.problem);
      throw error;
    }
  };

  return async (request: VendorRequest): Promise<VendorReply> => {
    request.operation = operationName(request);
    const excess = governance.blocks(request);
    if (excess) return overLimit(excess);
    const refused = await refuse(request);
    if (refused) return refused;
    if (!jobs.wants(request)) return orProblem(() => answer(request));
    return orProblem(() => jobs.submit(request, () => orProblem(() => answer(request))));
  };
}

function operationName({ method, url: { pathname } }: VendorRequest): string {
  if (pathname === suiteqlPath) return 'suiteql';
  const [type, id] = pathname.startsWith(recordPath) ? pathname.slice(recordPath.length).split('/') : [];
  if (method !== 'GET') return type ? `record:${type}:${method.toLowerCase()}` : 'rest';
  return type ? `record:${type}${id ? ':get' : ''}` : 'rest';
}
