import { sumDecimals, toFloat, toMoney } from '@customer360/kit/decimal';
import { createCalendar } from '@customer360/netsuite/definitions/calendar';
import { daysOverdue, paymentStatus } from '@customer360/netsuite/definitions/invoices';
import { burnRate, cashOnHand, grossMargin } from '@customer360/netsuite/definitions/ledger';
import { annualRecurring, monthlyRecurring } from '@customer360/netsuite/definitions/recurring';
import type { InvoiceState, LedgerSum } from '@customer360/netsuite/model';
import { customersByExternalId, documents, ledger, recurring } from '@customer360/netsuite/query';
import type { MeshContext, Row } from './sources.ts';
import { askNetSuite } from './sources.ts';

const dayOf = createCalendar('UTC');
const today = () => dayOf(new Date());

const states: Record<string, InvoiceState> = { A: 'OPEN', B: 'PAID_IN_FULL', D: 'PENDING_APPROVAL', V: 'VOIDED' };
const orderStatuses: Record<string, string> = {
  A: 'Pending Approval',
  B: 'Pending Fulfillment',
  C: 'Cancelled',
  D: 'Partially Fulfilled',
  E: 'Pending Billing/Partially Fulfilled',
  F: 'Pending Billing',
  G: 'Billed',
  H: 'Closed',
};
const accountKinds: Record<string, LedgerSum['account']> = { Bank: 'bank', Income: 'income', COGS: 'cogs' };

/** The ERP customers that carry an account's id: one may be shown, several are a guess. */
export async function customerOf(context: MeshContext, accountId: string) {
  const rows = await askNetSuite(context, customersByExternalId([accountId]));
  return { candidates: rows.length, row: rows.length === 1 ? rows[0] : undefined };
}

/** Documents of many accounts in one call. */
export async function documentsOf(context: MeshContext, accountIds: readonly string[], orders: boolean) {
  if (accountIds.length === 0) return () => noDocuments;
  const rows = await askNetSuite(context, documents(accountIds, { invoices: 'all', orders }));
  const byAccount = Map.groupBy(rows, ({ externalid }) => externalid as string);
  return (accountId: string | null) => sortOut(byAccount.get(accountId ?? '') ?? []);
}

const noDocuments = { isGuess: false, invoices: [] as Row[], orders: [] as Row[], status: 'NO_INVOICES' };

function sortOut(rows: Row[]): typeof noDocuments {
  const newestFirst = rows
    .filter(({ id }) => id)
    .sort((one, other) => other.trandate.localeCompare(one.trandate) || Number(other.id) - Number(one.id));
  const invoices = newestFirst.filter(({ type }) => type === 'CustInvc').map(toInvoice);
  return {
    isGuess: new Set(rows.map(({ customer }) => customer)).size > 1,
    invoices,
    orders: newestFirst.filter(({ type }) => type === 'SalesOrd').map(toOrder),
    status: paymentStatus(invoices, today()),
  };
}

function toInvoice({ tranid, id, status, duedate, foreigntotal, symbol }: Row) {
  const invoice = { state: states[status] ?? 'OTHER', dueDate: duedate ?? null };
  return {
    ...invoice,
    invoiceNumber: tranid ?? id,
    amount: toFloat(foreigntotal),
    daysOverdue: daysOverdue(invoice, today()),
    total: toMoney(foreigntotal, symbol),
  };
}

function toOrder({ tranid, id, trandate, status, foreigntotal, symbol }: Row) {
  const total = toMoney(foreigntotal, symbol);
  return { orderNumber: tranid ?? id, placedOn: trandate, status: orderStatuses[status] ?? 'Unknown', total };
}

export async function financials(context: MeshContext) {
  const day = today();
  const [ledgerRows, orderRows] = await Promise.all([
    askNetSuite(context, ledger),
    askNetSuite(context, recurring(day)),
  ]);
  const sums = ledgerRows.map(({ accttype, periodstart, amount }) => ({
    account: accountKinds[accttype] as LedgerSum['account'],
    periodStart: periodstart,
    amount,
  }));
  const cash = sumDecimals(sums.filter(({ account }) => account === 'bank').map(({ amount }) => amount)).toFixed();
  const orders = orderRows.map((row) => ({ ...row, exchangeRate: row.exchangerate })) as never;
  const margin = grossMargin({ cash, sums }, day);
  return {
    arr: toFloat(annualRecurring(orders)),
    mrr: toFloat(monthlyRecurring(orders)),
    cashOnHand: toFloat(cashOnHand({ cash, sums })),
    grossMargin: margin && toFloat(margin),
    burnRate: toFloat(burnRate({ cash, sums }, day)),
    currency: 'USD',
  };
}
