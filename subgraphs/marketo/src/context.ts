import type { ReadLog } from '@customer360/kit/reads';
import { createReadLog } from '@customer360/kit/reads';
import type { Attribution } from './attribution.ts';
import type { CachedReads } from './cache.ts';
import type { MarketoSource } from './source.ts';
import { createMarketoSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: MarketoSource;
  reads: ReadLog;
}

/** Makes the context of one request; what is read and the campaign figures are shared by all of them. */
export function createContextFactory(deps: {
  cached: CachedReads;
  attribution: Attribution;
  clock: () => Date;
}): () => Context {
  const { cached, attribution, clock } = deps;
  return () => {
    const reads = createReadLog(() => clock().getTime());
    return { source: createMarketoSource(cached, reads, attribution, clock), reads };
  };
}
