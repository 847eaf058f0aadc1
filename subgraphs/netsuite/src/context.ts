import type { Config } from './config.ts';
import { createCalendar } from './definitions/calendar.ts';
import type { NetSuiteClient } from './model.ts';
import type { NetSuiteSource } from './source.ts';
import { createNetSuiteSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: NetSuiteSource;
  /** ISO 4217 code of the company's base currency. */
  currency: string;
}

/** Makes the context of one request; the client is shared by all of them. */
export function createContextFactory(deps: {
  client: NetSuiteClient;
  config: Config;
  clock: () => Date;
}): () => Context {
  const { client, config, clock } = deps;
  const dayOf = createCalendar(config.timeZone);
  return () => ({ source: createNetSuiteSource(client, clock, dayOf), currency: config.currency });
}
