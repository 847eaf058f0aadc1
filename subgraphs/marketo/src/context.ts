import type { Attribution } from './attribution.ts';
import type { MarketoClient } from './client.ts';
import type { MarketoSource } from './source.ts';
import { createMarketoSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: MarketoSource;
}

/** Makes the context of one request; the client and the campaign figures are shared by all of them. */
export function createContextFactory(deps: {
  client: MarketoClient;
  attribution: Attribution;
  clock: () => Date;
}): () => Context {
  const { client, attribution, clock } = deps;
  return () => ({ source: createMarketoSource(client, attribution, clock) });
}
