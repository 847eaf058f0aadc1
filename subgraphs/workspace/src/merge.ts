import type { System } from '@customer360/kit/errors';
import type { SourceReport } from '@customer360/kit/source-report';
import type { Known } from './reports.ts';
import { sentenceOf } from './sentence.ts';

/** How a system is, put together from what all copies of its subgraph see. Instants are milliseconds since 1970. */
export interface SourceState {
  source: System;
  state: SourceReport['state'] | null;
  since: number | null;
  lastSuccessAt: number | null;
  errorRate: number | null;
  p95Ms: number | null;
  cachedAsOf: number | null;
  quota: SourceReport['quota'];
  nextTryAt: number | null;
  message: string | null;
  instances: { reporting: number; down: number };
}

const badness = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 };

/**
 * The state is what at least half of the copies see or worse: one of two that is down counts, one of three does not,
 * and in both cases the sentence says how many are.
 */
export function mergeReports(source: System, known: Known, now: number): SourceState {
  const { reports } = known;
  const states = reports.map(({ state }) => state).sort((one, other) => badness[one] - badness[other]);
  const state = states[Math.floor(states.length / 2)] ?? null;
  const isDown = (report: SourceReport) => report.state !== 'CLOSED';
  const ofState = reports.filter((report) => isDown(report) === (state !== 'CLOSED'));
  const nextTryAt = least(reports.map(({ retryAt }) => (retryAt !== null && retryAt > now ? retryAt : null)));
  const instances = { reporting: reports.length, down: reports.filter(isDown).length };

  return {
    source,
    state,
    since: state === null ? known.heardAt : least(ofState.map(({ since }) => since)),
    lastSuccessAt: known.lastSuccessAt,
    errorRate: errorRateOf(reports),
    p95Ms: most(reports.map(({ p95Ms }) => p95Ms)),
    cachedAsOf: least(reports.map(({ cachedAsOf }) => cachedAsOf)),
    quota: quotaOf(reports),
    nextTryAt,
    message: sentenceOf(source, {
      ...instances,
      trying: reports.some((report) => report.state === 'HALF_OPEN'),
      coolingDown: reports.some(({ coolingDown }) => coolingDown),
      credentialsRefused: reports.some(({ credentialsRefused }) => credentialsRefused),
      nextTryInMs: nextTryAt === null ? null : nextTryAt - now,
    }),
    instances,
  };
}

const given = (values: (number | null)[]) => values.filter((value) => value !== null);
const least = (values: (number | null)[]) => (given(values).length > 0 ? Math.min(...given(values)) : null);
const most = (values: (number | null)[]) => (given(values).length > 0 ? Math.max(...given(values)) : null);

/** Of all calls of all copies. */
function errorRateOf(reports: SourceReport[]): number | null {
  const calls = reports.reduce((sum, report) => sum + report.calls, 0);
  const failed = reports.reduce((sum, report) => sum + report.calls * (report.errorRate ?? 0), 0);
  return calls === 0 ? null : failed / calls;
}

/** Copies count together, and each knows the count of its own last call: the highest of the newest period is right. */
function quotaOf(reports: SourceReport[]): SourceReport['quota'] {
  const quotas = reports.map(({ quota }) => quota).filter((quota) => quota !== null);
  const period = (quota: (typeof quotas)[number]) => quota.resetsAt ?? 0;
  return quotas.sort((one, other) => period(other) - period(one) || other.used - one.used)[0] ?? null;
}
