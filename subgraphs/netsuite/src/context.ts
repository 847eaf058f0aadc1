import { createCalendar } from './definitions/calendar.ts';
import type { Reader } from './reader.ts';
import { createReader } from './reader.ts';
import type { NetSuiteSource } from './source.ts';

/** What one request carries. */
export interface Context {
  erp: Reader;
  /** ISO code of the company's base currency. */
  baseCurrency: string;
}

/** Makes the context of one request; the source is shared by all of them. */
export function createContextFactory(
  source: NetSuiteSource,
  settings: { baseCurrency: string; timeZone: string },
  clock: () => Date,
): () => Context {
  const dayOf = createCalendar(settings.timeZone);
  return () => ({ erp: createReader(source, clock, dayOf), baseCurrency: settings.baseCurrency });
}
