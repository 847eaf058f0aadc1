import type { MarketingSource } from './source.ts';

/** What one request carries. */
export interface Context {
  marketing: MarketingSource;
}
