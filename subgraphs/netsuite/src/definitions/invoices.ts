import type { ErpInvoice } from '../model.ts';
import { daysBetween } from './calendar.ts';

export const invoiceFilters = ['OPEN', 'PAID', 'OVERDUE', 'ALL'] as const;
export type InvoiceFilter = (typeof invoiceFilters)[number];
export type PaymentStatus = 'NO_INVOICES' | 'CURRENT' | 'DUE_SOON' | 'OVERDUE' | 'PAID';

const dueSoonDays = 7;

type Dated = Pick<ErpInvoice, 'state' | 'dueDate'>;

/** Days since the due date while the invoice is open; 0 for every other invoice. */
export function daysOverdue(invoice: Dated, today: string): number {
  if (invoice.state !== 'OPEN' || invoice.dueDate === null) return 0;
  return Math.max(0, daysBetween(invoice.dueDate, today));
}

export function matchesFilter(invoice: Dated, filter: InvoiceFilter, today: string): boolean {
  switch (filter) {
    case 'ALL':
      return true;
    case 'OPEN':
      return invoice.state === 'OPEN';
    case 'PAID':
      return invoice.state === 'PAID_IN_FULL';
    case 'OVERDUE':
      return daysOverdue(invoice, today) > 0;
  }
}

/** How an account stands with its invoices. Voided, rejected and unapproved invoices do not count: nobody owes them. */
export function paymentStatus(invoices: readonly Dated[], today: string): PaymentStatus {
  const open = invoices.filter(({ state }) => state === 'OPEN');
  if (open.some((invoice) => daysOverdue(invoice, today) > 0)) return 'OVERDUE';
  if (open.some(({ dueDate }) => dueDate !== null && daysBetween(today, dueDate) <= dueSoonDays)) return 'DUE_SOON';
  if (open.length > 0) return 'CURRENT';
  return invoices.some(({ state }) => state === 'PAID_IN_FULL') ? 'PAID' : 'NO_INVOICES';
}
