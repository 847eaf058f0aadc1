import type { DatabaseSync } from 'node:sqlite';
import { toMidnight } from './dates.ts';
import { double, writeReference } from './values.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';

type Row = Record<string, unknown>;

export interface ListReader {
  /** The item lines of transactions, by transaction. */
  items(ids: number[]): Map<unknown, Row[]>;
  /** What payments and credits are applied to, by payment or credit. */
  applies(ids: number[]): Map<unknown, Row[]>;
}

export function createListReader(db: DatabaseSync): ListReader {
  const items = db.prepare(
    `SELECT l.transaction_id AS id, l.line, l.item_id AS item, i.name AS item_name, l.description, l.quantity,
       l.rate / 100.0 AS rate, l.amount / 100.0 AS amount FROM ns_transaction_line l JOIN ns_item i ON i.id = l.item_id
     WHERE l.transaction_id IN (SELECT value FROM json_each(?)) ORDER BY l.transaction_id, l.line`,
  );
  const applies = db.prepare(
    `SELECT a.payment_id AS id, t.id AS doc, 'true' AS apply, 0 AS line, t.tran_date AS applyDate, 'Invoice' AS type,
       t.tran_id AS refNum, t.total / 100.0 AS total, (t.unpaid + a.amount) / 100.0 AS due, c.symbol AS currency,
       a.amount / 100.0 AS amount
     FROM ns_applied a JOIN ns_transaction t ON t.id = a.invoice_id JOIN ns_currency c ON c.id = t.currency_id
     WHERE a.payment_id IN (SELECT value FROM json_each(?)) ORDER BY a.payment_id, t.id`,
  );
  return {
    items: (ids) => Map.groupBy(items.all(JSON.stringify(ids)) as Row[], ({ id }) => id),
    applies: (ids) => Map.groupBy(applies.all(JSON.stringify(ids)) as Row[], ({ id }) => id),
  };
}

const doubles = new Set(['amount', 'quantity', 'rate', 'total', 'due']);

/** A sublist whose rows show `children` in their order; nothing for an empty one. */
export function writeList(prefix: string, name: 'item' | 'apply', children: string[], rows: Row[]): Xml | null {
  if (rows.length === 0) return null;
  const written = rows.map((row) =>
    element(`${prefix}:${name}`, {}, ...children.map((child) => writeChild(prefix, child, row))),
  );
  return element(`${prefix}:${name}List`, {}, ...written);
}

function writeChild(prefix: string, child: string, row: Row): Xml | null {
  const value = row[child];
  if (value === null || value === undefined) return null;
  const name = `${prefix}:${child}`;
  if (child === 'item') return writeReference(name, value, row.item_name);
  if (child === 'applyDate') return element(name, {}, toMidnight(String(value)));
  return element(name, {}, doubles.has(child) ? double(Number(value)) : String(value));
}
