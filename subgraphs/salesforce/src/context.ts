import type { SalesforceSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: SalesforceSource;
  /** ISO 4217 code of every amount. */
  currency: string;
}
