import type { ReadLog } from '@customer360/kit/reads';
import { createReadLog } from '@customer360/kit/reads';
import type { CachedReads } from './cache.ts';
import type { Config } from './config.ts';
import type { SalesforceSource } from './source.ts';
import { createSalesforceSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: SalesforceSource;
  reads: ReadLog;
  /** ISO 4217 code of every amount. */
  currency: string;
}

/** Makes the context of one request; what is read is shared by all of them. */
export function createContextFactory(deps: { cached: CachedReads; config: Config; clock: () => Date }): () => Context {
  const { cached, config, clock } = deps;
  return () => {
    const reads = createReadLog(() => clock().getTime());
    return { source: createSalesforceSource(cached, reads), reads, currency: config.currency };
  };
}
