import type { PaymentStatus } from './definitions/invoices.ts';
import type { ErpCustomer } from './model.ts';

/** What the resolvers of a type receive, where that is not a row of the source. */
export interface ProfileParent {
  accountId: string;
}

export interface AccountParent {
  accountId: string;
}

export interface DealParent {
  opportunityId: string;
  /** Sent by the gateway with fields that require it. */
  accountId?: string | null;
}

export interface FinanceParent {
  customer: ErpCustomer;
  /** Read only when asked for. */
  paymentStatus: PaymentStatus | undefined;
}

/** Its fields load themselves. */
export type EmptyParent = Record<string, never>;
