import { z } from 'zod';
import { systemNames } from './errors.ts';
import type { SourceStatus } from './source-health.ts';

/** Where copies tell of their vendors, and where they are asked to. */
export const reportTopic = 'source-report';
export const reportRequestTopic = 'source-report-request';

/** How often a copy that has nothing new to tell says that it is still there. */
export const reportEveryMs = 3000;

/** Milliseconds since 1970. */
const instant = z.number();

/** How one copy of a subgraph finds its vendor: what goes on the bus. Figures alone, no address and no data. */
export const sourceReport = z.object({
  source: z.enum(Object.keys(systemNames) as [keyof typeof systemNames]),
  /** The same for all reports of one start of a copy, and for no other. */
  instance: z.string().min(1).max(64),
  /** After how many milliseconds, at most, the copy reports again; null when it has ended. */
  nextWithinMs: z.number().positive().max(60_000).nullable(),
  state: z.enum(['CLOSED', 'HALF_OPEN', 'OPEN']),
  since: instant,
  retryAt: instant.nullable(),
  /** Stays away because the vendor throttled it. */
  coolingDown: z.boolean(),
  credentialsRefused: z.boolean(),
  lastSuccessAt: instant.nullable(),
  /** Calls of the last five minutes that tell how the vendor is, and the part of them that failed. */
  calls: z.int().min(0),
  errorRate: z.number().min(0).max(1).nullable(),
  p95Ms: z.int().min(0).nullable(),
  quota: z.object({ used: z.int(), limit: z.int(), left: z.int(), resetsAt: instant.nullable() }).nullable(),
  /** How old the oldest data is that is given out in place of what the vendor does not say; null when there is none. */
  cachedAsOf: instant.nullable(),
});

export type SourceReport = z.infer<typeof sourceReport>;

const milliseconds = (instant: Date | null) => instant?.getTime() ?? null;

/** Puts what a copy knows of its vendor in the form in which it is told. */
export function reportOf(
  status: SourceStatus,
  { instance, nextWithinMs, cachedAsOf }: Pick<SourceReport, 'instance' | 'nextWithinMs' | 'cachedAsOf'>,
): SourceReport {
  const { canceled, failed, ...judged } = status.calls;
  return {
    source: status.system,
    instance,
    nextWithinMs,
    state: status.state,
    since: status.since.getTime(),
    retryAt: milliseconds(status.retryAt),
    coolingDown: status.coolingDownUntil !== null,
    credentialsRefused: status.credentialsRefused,
    lastSuccessAt: milliseconds(status.lastSuccessAt),
    calls: Object.values(judged).reduce((sum, calls) => sum + calls, 0),
    errorRate: status.errorRate,
    p95Ms: status.p95Ms,
    quota: status.quota && { ...status.quota, resetsAt: milliseconds(status.quota.resetsAt) },
    cachedAsOf,
  };
}
