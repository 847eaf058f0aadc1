import type { DatabaseSync } from 'node:sqlite';
import type { Draft } from './drafts.ts';
import { RecordProblem } from './problems.ts';
import type { Row } from './rows.ts';

/** Which record can be made from which, and the status that the first then has. */
const transforms: Record<string, string | null> = {
  'salesOrder invoice': 'G',
  'salesOrder returnAuthorization': null,
  'invoice returnAuthorization': null,
  'invoice creditMemo': null,
  'invoice customerPayment': null,
  'returnAuthorization creditMemo': 'G',
};

export const canTransform = (source: string, target: string) => `${source} ${target}` in transforms;

/** What the new record starts with: the first one's customer, lines and terms. */
export function draftFrom(db: DatabaseSync, source: string, id: number, target: string): Draft {
  if (!canTransform(source, target)) {
    throw new RecordProblem('INVALID_INITIALIZE_REF', `The record type ${source} cannot be transformed to ${target}.`);
  }
  const row = db.prepare('SELECT * FROM ns_transaction WHERE id = ?').get(id) as Row;
  if (target === 'customerPayment') {
    if (row.unpaid === 0) throw new RecordProblem('USER_ERROR', 'The transaction is paid in full already.');
    return {
      fields: { customer: { id: String(row.customer_id) }, currency: { id: String(row.currency_id) } },
      applies: [{ doc: String(id), apply: true }],
    };
  }
  const lines = db
    .prepare('SELECT * FROM ns_transaction_line WHERE transaction_id = ? AND line > 0 ORDER BY line')
    .all(id);
  const text = (value: unknown) => (value === null || value === undefined ? {} : { id: String(value) });
  return {
    fields: {
      entity: { id: String(row.customer_id) },
      currency: { id: String(row.currency_id) },
      exchangeRate: row.exchange_rate ?? '1',
      createdFrom: { id: String(id) },
      ...(row.term_id === null ? {} : { terms: text(row.term_id) }),
      ...(row.memo === null || row.memo === undefined ? {} : { memo: row.memo }),
    },
    items: lines.map((line) => ({
      item: String(line.item_id),
      quantity: Number(line.quantity),
      rate: Number(line.rate) / 100,
      amount: Number(line.amount) / 100,
      ...(line.description === null ? {} : { description: String(line.description) }),
    })),
  };
}

/** A one-off order is billed now, a return refunded; a subscription goes on. */
export function closeSource(db: DatabaseSync, source: string, id: number, target: string, at: string): void {
  const status = transforms[`${source} ${target}`];
  if (!status) return;
  const recurs = 'recur_weekly + recur_monthly + recur_quarterly + recur_annually > 0';
  db.prepare(
    `UPDATE ns_transaction SET status = ?1, closed_at = ?2, modified_at = ?2 WHERE id = ?3 AND NOT (${recurs})`,
  ).run(status, at, id);
}
