import type { ReadLog } from '@customer360/kit/reads';
import { createReadLog } from '@customer360/kit/reads';
import type { CachedReads } from './cache.ts';
import type { Config } from './config.ts';
import { createCalendar } from './definitions/calendar.ts';
import type { NetSuiteSource } from './source.ts';
import { createNetSuiteSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: NetSuiteSource;
  reads: ReadLog;
  /** ISO 4217 code of the company's base currency. */
  currency: string;
}

/** Makes the context of one request; what is read is shared by all of them. */
export function createContextFactory(deps: { cached: CachedReads; config: Config; clock: () => Date }): () => Context {
  const { cached, config, clock } = deps;
  const dayOf = createCalendar(config.timeZone);
  return () => {
    const reads = createReadLog(() => clock().getTime());
    return { source: createNetSuiteSource(cached, reads, dayOf(clock())), reads, currency: config.currency };
  };
}
