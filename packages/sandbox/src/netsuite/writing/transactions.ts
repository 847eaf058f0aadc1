import type { DatabaseSync } from 'node:sqlite';
import { addDays } from '../../world/dates.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import type { Draft } from './drafts.ts';
import { RecordProblem, userError } from './problems.ts';
import type { Row } from './rows.ts';
import { insertRow, nextId, readColumns, refuseTakenId, updateRow } from './rows.ts';
import type { Application, ItemLine } from './totals.ts';
import { changeLines, readApplies, readItems } from './totals.ts';
import type { WritableType } from './types.ts';

const firstStatus: Record<string, string> = { SalesOrd: 'A', RtnAuth: 'A', PurchOrd: 'B', CustPymt: 'C' };
const posting = new Set(['CustInvc', 'CustCred', 'CustPymt']);

export interface TransactionParts {
  db: DatabaseSync;
  books: Bookkeeping;
  today: string;
}

/** Writes a new transaction with its lines, its postings and what it pays, and gives its id. */
export function addTransaction(parts: TransactionParts, type: WritableType, draft: Draft, at: string): number {
  const { db, today } = parts;
  const columns = readColumns(db, type, draft);
  const id = nextId(db, type);
  const entity = entityOf(db, type, columns);
  const items = readItems(db, draft);
  if (type.hasItems && items.length === 0)
    throw userError('You must enter at least one line item for this transaction.', 'item');
  const applications = type.applies ? readApplies(db, Number(entity.id), draft) : [];
  const row = withDefaults(db, type, { ...columns, id, tran_date: columns.tran_date ?? today }, entity);
  refuseTakenId(db, type, id, row.external_id);
  const total = type.hasItems ? sum(items) : Number(columns.total ?? sum(applications));
  insertRow(db, 'ns_transaction', {
    ...row,
    ...amounts(type, row, total, 0, sum(applications)),
    created_at: at,
    modified_at: at,
  });
  book(parts, type, id, items, applications, at);
  return id;
}

export function updateTransaction(parts: TransactionParts, type: WritableType, id: number, draft: Draft, at: string) {
  const { db, books } = parts;
  const columns = readColumns(db, type, draft);
  const before = db.prepare('SELECT * FROM ns_transaction WHERE id = ?').get(id) as Row;
  const items = draft.replaceItems ? readItems(db, draft) : changeLines(db, linesOf(db, id), draft);
  if (type.hasItems && items.length === 0)
    throw userError('You must enter at least one line item for this transaction.', 'item');
  if (draft.applies) books.unapply(id, at);
  const applied = Number(
    db.prepare('SELECT SUM(amount) AS sum FROM ns_applied WHERE payment_id = ?').get(id)?.sum ?? 0,
  );
  const applications = draft.applies ? readApplies(db, Number(columns.customer_id ?? before.customer_id), draft) : [];
  const row: Row = { ...before, ...columns };
  if (columns.tran_date && !columns.period_id) row.period_id = periodOf(db, String(columns.tran_date));
  refuseTakenId(db, type, id, row.external_id);
  const total = type.hasItems && draft.items ? sum(items) : Number(row.total);
  const paid = Number(before.paid);
  if (type.name === 'invoice' && total < paid) throw userError('The total cannot be less than what is paid.');
  const settled = amounts(type, row, total, paid, applied + sum(applications));
  updateRow(db, 'ns_transaction', id, { ...columns, period_id: row.period_id ?? null, ...settled, modified_at: at });
  book(parts, type, id, items, applications, at);
}

/** The columns of money and status that follow from the rest. */
function amounts(type: WritableType, row: Row, total: number, paid: number, applied: number): Row {
  if (applied > total) throw userError('The amounts to apply are more than the transaction has.', 'apply');
  switch (type.transaction) {
    case 'CustInvc':
      return { total, paid, unpaid: total - paid, status: total === paid ? 'B' : 'A' };
    case 'CustCred':
      return { total, unapplied: total - applied, status: total === applied ? 'B' : 'A' };
    case 'CustPymt':
      if (total <= 0) throw userError('Please enter value(s) for: Payment Amount', 'payment');
      return { total, unapplied: total - applied };
    case 'SalesOrd': {
      const recurs = [row.recur_weekly, row.recur_monthly, row.recur_quarterly, row.recur_annually].some(Boolean);
      return { total, one_time: recurs ? 0 : total };
    }
    default:
      return { total };
  }
}

function book(
  { db, books }: TransactionParts,
  type: WritableType,
  id: number,
  items: ItemLine[],
  applications: Application[],
  at: string,
) {
  const row = db.prepare('SELECT total, exchange_rate FROM ns_transaction WHERE id = ?').get(id) as Row;
  const total = Number(row.total);
  const posts = posting.has(type.transaction ?? '');
  const account = type.transaction === 'CustInvc' || type.transaction === 'CustCred' ? books.account('AcctRec') : null;
  if (type.hasItems) books.writeLines(id, account, items, total);
  const rateMillionths = Math.round(Number(row.exchange_rate) * 1e6);
  if (posts) books.post({ id, type: type.transaction ?? '', total, rateMillionths }, items);
  books.apply(id, applications, at);
}

function withDefaults(db: DatabaseSync, type: WritableType, row: Row, entity: Row): Row {
  const date = String(row.tran_date);
  const currency = row.currency_id ?? entity.currency_id ?? 1;
  const rate = rateOf(db, String(currency), date);
  const term = 'terms' in type.fields ? (row.term_id ?? entity.term_id ?? null) : null;
  const days = term === null ? 0 : Number(db.prepare('SELECT days FROM ns_term WHERE id = ?').get(term)?.days ?? 0);
  const zeros = [
    'total',
    'paid',
    'unpaid',
    'unapplied',
    'one_time',
    'recur_weekly',
    'recur_monthly',
    'recur_quarterly',
    'recur_annually',
  ];
  return {
    ...Object.fromEntries(zeros.map((name) => [name, 0])),
    ...row,
    type: type.transaction ?? '',
    tran_id: row.tran_id ?? `${type.numbers}${row.id}`,
    status: row.status ?? firstStatus[type.transaction ?? ''] ?? 'A',
    currency_id: currency,
    exchange_rate: row.exchange_rate ?? rate,
    subsidiary_id: row.subsidiary_id ?? 1,
    period_id: row.period_id ?? periodOf(db, date),
    posting: posting.has(type.transaction ?? '') ? 1 : 0,
    term_id: term,
    ...('dueDate' in type.fields ? { due_date: row.due_date ?? addDays(date, days) } : {}),
  };
}

/** The currency's rate on a day: the last one before it, today's where none is that old. */
function rateOf(db: DatabaseSync, currency: string, date: string): string {
  const found = db
    .prepare(
      `SELECT exchange_rate AS rate FROM ns_currency_rate WHERE currency_id = ? AND effective_on <= ?
       ORDER BY effective_on DESC LIMIT 1`,
    )
    .get(currency, date);
  return String(
    (found ?? db.prepare('SELECT exchange_rate AS rate FROM ns_currency WHERE id = ?').get(currency))?.rate,
  );
}

function entityOf(db: DatabaseSync, type: WritableType, columns: Row): Row {
  const [table, column, label] =
    type.name === 'purchaseOrder' ? ['ns_vendor', 'vendor_id', 'Vendor'] : ['ns_customer', 'customer_id', 'Customer'];
  const found = db.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(columns[column as string] ?? null);
  if (!found)
    throw userError(`Please enter value(s) for: ${label}`, type.name === 'customerPayment' ? 'customer' : 'entity');
  return found as Row;
}

function periodOf(db: DatabaseSync, date: string): number {
  const found = db
    .prepare('SELECT id FROM ns_period WHERE ? BETWEEN start_date AND end_date AND is_quarter = 0 AND is_year = 0')
    .get(date);
  if (found) return Number(found.id);
  throw new RecordProblem(
    'INVALID_TRANSACTION_DATE',
    'The transaction date you specified is not within the date range of your accounting period.',
    'tranDate',
  );
}

function linesOf(db: DatabaseSync, id: number): ItemLine[] {
  const rows = db
    .prepare('SELECT * FROM ns_transaction_line WHERE transaction_id = ? AND line > 0 ORDER BY line')
    .all(id);
  return rows.map((row) => ({
    itemId: Number(row.item_id),
    description: row.description as string | null,
    quantity: Number(row.quantity),
    rate: Number(row.rate),
    amount: Number(row.amount),
  }));
}

const sum = (rows: { amount: number }[]) => rows.reduce((total, { amount }) => total + amount, 0);

/** Refuses to delete what other transactions were made from or pay. */
export function refuseUsedTransaction(db: DatabaseSync, id: number): void {
  const used =
    db.prepare('SELECT id FROM ns_transaction WHERE created_from = ? LIMIT 1').get(id) ??
    db.prepare('SELECT payment_id FROM ns_applied WHERE invoice_id = ? LIMIT 1').get(id);
  if (used)
    throw new RecordProblem(
      'CANT_DELETE_TRANS',
      'This transaction cannot be deleted because it is linked to by one or more transactions.',
    );
}
