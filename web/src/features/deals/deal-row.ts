import type { DealRowFragment, InvoiceStatus, PaymentStatus, TouchKind } from '../../generated/graphql.ts';
import { sumDecimals } from '../../lib/decimal.ts';
import type { Amount } from '../../lib/format.ts';

/** How many of an account's newest invoices a row looks at. */
export const invoicesRead = 50;

export interface OpenInvoices {
  count: number;
  /** What is still to be paid, one sum for each currency: different currencies are never added. */
  remaining: Amount[];
  newest: { number: string; status: InvoiceStatus } | null;
  /** There are more invoices than the row looked at, so the count is a least. */
  cut: boolean;
}

/** One row of the table in the page's own words. Null means the system gave no value. */
export interface DealRow {
  id: string;
  accountId: string | null;
  account: string;
  deal: string;
  stage: string;
  amount: Amount | null;
  probability: number;
  close: string;
  payment: PaymentStatus | null;
  invoices: OpenInvoices | null;
  touch: { at: string; kind: TouchKind; description: string | null } | null;
  /** True, when NetSuite says that no customer of its own belongs to the account. */
  unlinked: boolean;
  /** How many NetSuite customers claim the account. */
  ambiguous: boolean;
}

export function toDealRow(deal: DealRowFragment): DealRow {
  const link = deal.account?.erpLink?.status;
  return {
    id: deal.opportunityId,
    accountId: deal.accountId ?? null,
    account: deal.accountName,
    deal: deal.name,
    stage: deal.stage,
    amount: deal.value ?? null,
    probability: deal.probability,
    close: deal.closeDate,
    payment: deal.paymentStatus ?? null,
    invoices: deal.invoices ? countOpen(deal.invoices) : null,
    touch: deal.lastMarketingTouch
      ? {
          at: deal.lastMarketingTouch.occurredAt,
          kind: deal.lastMarketingTouch.kind,
          description: deal.lastMarketingTouch.description ?? null,
        }
      : null,
    unlinked: link === 'NOT_FOUND',
    ambiguous: link === 'AMBIGUOUS',
  };
}

function countOpen(invoices: NonNullable<DealRowFragment['invoices']>): OpenInvoices {
  const open = invoices.filter(({ status }) => status === 'OPEN');
  const byCurrency = Map.groupBy(open, ({ amountRemaining }) => amountRemaining.currency);
  const [newest] = invoices;
  return {
    count: open.length,
    remaining: [...byCurrency].map(([currency, group]) => ({
      currency,
      amount: sumDecimals(group.map(({ amountRemaining }) => amountRemaining.amount)),
    })),
    newest: newest ? { number: newest.invoiceNumber, status: newest.status } : null,
    cut: invoices.length >= invoicesRead,
  };
}
