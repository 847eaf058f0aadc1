import type { Read } from '@customer360/kit/freshness';
import type { AccountRecord, OpportunityRecord } from './records.ts';
import type { DealTotals, StageTotals } from './source.ts';

/** A customer of whom only the id is known for certain; the rest is read when a field asks. */
export interface Profile {
  accountId: string;
  /** Known when the account's name came with another record. */
  name?: string;
  account(): Promise<AccountRecord | null>;
}

export interface Dashboard {
  stages(): Promise<StageTotals>;
}

/** One page and the means to count the whole. */
export interface DealPage {
  deals: OpportunityRecord[];
  offset: number;
  hasNextPage: boolean;
  /** Null when nothing had to be read. */
  read: Read | null;
  totals(): Promise<DealTotals>;
}

export interface CustomerPage {
  accounts: AccountRecord[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  count(): Promise<number>;
}
