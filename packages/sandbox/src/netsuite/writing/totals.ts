import type { DatabaseSync } from 'node:sqlite';
import type { Draft, DraftValue } from './drafts.ts';
import { isReference } from './drafts.ts';
import { badReference, RecordProblem, userError } from './problems.ts';
import { toCents, toNumber } from './values.ts';

export interface ItemLine {
  itemId: number;
  description: string | null;
  quantity: number;
  rate: number;
  amount: number;
}

export interface Application {
  invoiceId: number;
  amount: number;
}

/** Item lines with what was left out filled in: one piece, at the item's price. */
export function readItems(db: DatabaseSync, draft: Draft): ItemLine[] {
  return (draft.items ?? []).map((line, index) => {
    const at = (name: string) => `item.items[${index}].${name}`;
    const itemId = idOf(line.item);
    const item = db.prepare('SELECT id, price FROM ns_item WHERE id = ?').get(itemId);
    if (!item) throw badReference(at('item'), itemId);
    const given = (name: string) => line[name] !== undefined && line[name] !== null && line[name] !== '';
    const quantity = given('quantity') ? toNumber(at('quantity'), line.quantity as DraftValue) : 1;
    const amount = given('amount') ? toCents(at('amount'), line.amount as DraftValue) : null;
    const price = amount === null || quantity === 0 ? Number(item.price) : Math.round(amount / quantity);
    const rate = given('rate') ? toCents(at('rate'), line.rate as DraftValue) : price;
    return {
      itemId: Number(item.id),
      description: line.description === undefined ? null : String(line.description),
      quantity,
      rate,
      amount: amount ?? Math.round(quantity * rate),
    };
  });
}

/** A line that names the `line` of one that is there changes it; every other one is added. */
export function changeLines(db: DatabaseSync, lines: ItemLine[], draft: Draft): ItemLine[] {
  const given = draft.items ?? [];
  const there = given.map(({ line }) => lines[Number(line ?? 0) - 1]);
  const read = readItems(db, {
    ...draft,
    items: given.map((row, index) => ({ ...keptOf(there[index], row), ...row })),
  });
  const changed = new Map(there.map((old, index) => [old, read[index] as ItemLine]));
  return [...lines.map((old) => changed.get(old) ?? old), ...read.filter((_, index) => !there[index])];
}

/** What stays of a line: its price only where it has the same item and no new amount, its amount where no figure is new. */
function keptOf(line: ItemLine | undefined, row: Record<string, DraftValue>): Record<string, DraftValue> {
  if (!line) return {};
  const sets = (...names: string[]) => names.some((name) => name in row);
  return {
    item: String(line.itemId),
    quantity: line.quantity,
    ...(line.description === null ? {} : { description: line.description }),
    ...(sets('item', 'amount') ? {} : { rate: line.rate / 100 }),
    ...(sets('item', 'amount', 'quantity', 'rate') ? {} : { amount: line.amount / 100 }),
  };
}

/** What is to be paid of which invoices; without an amount, all that is open. */
export function readApplies(db: DatabaseSync, customerId: number, draft: Draft): Application[] {
  const chosen = (draft.applies ?? []).filter(({ apply = true }) => !/^(false|f|0)$/i.test(String(apply)));
  return chosen.map((line, index) => {
    const at = (name: string) => `apply.items[${index}].${name}`;
    const invoiceId = idOf(line.doc);
    const sql = `SELECT id, unpaid FROM ns_transaction WHERE id = ? AND type = 'CustInvc' AND customer_id = ?`;
    const invoice = db.prepare(sql).get(invoiceId, customerId);
    if (!invoice) throw badReference(at('doc'), invoiceId);
    const open = Number(invoice.unpaid);
    const amount = line.amount === undefined ? open : toCents(at('amount'), line.amount);
    if (amount > open)
      throw userError('The amount to apply is more than what is open on the transaction.', at('amount'));
    if (amount <= 0)
      throw new RecordProblem('INVALID_TRANS_AMT', 'The amount to apply must be positive.', at('amount'));
    return { invoiceId: Number(invoice.id), amount };
  });
}

const idOf = (value: DraftValue | undefined) => (isReference(value) ? (value.id ?? '') : String(value ?? ''));
