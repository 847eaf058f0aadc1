import type { SalesforceClient } from './client.ts';
import type { Config } from './config.ts';
import type { SalesforceSource } from './source.ts';
import { createSalesforceSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: SalesforceSource;
  /** ISO 4217 code of every amount. */
  currency: string;
}

/** Makes the context of one request; the client is shared by all of them. */
export function createContextFactory(deps: {
  client: SalesforceClient;
  config: Config;
  clock: () => Date;
}): () => Context {
  const { client, config, clock } = deps;
  return () => ({ source: createSalesforceSource(client, clock), currency: config.currency });
}
