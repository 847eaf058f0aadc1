import type { DatabaseSync } from 'node:sqlite';
import { orderStatuses, transactionTypes } from '../display.ts';
import { readDay } from '../soap/dates.ts';
import type { DraftValue } from './drafts.ts';
import { isReference } from './drafts.ts';
import { badReference, RecordProblem, userError } from './problems.ts';
import type { WritableField, WritableType } from './types.ts';

export type Stored = string | number | null;

/** Turns what a client wrote into what a column holds. */
export function toStored(
  db: DatabaseSync,
  { transaction = '' }: WritableType,
  { kind, tables = [] }: WritableField,
  path: string,
  value: DraftValue,
): Stored {
  if (value === null || value === '') return null;
  switch (kind) {
    case 'reference':
      return toId(db, tables, path, value);
    case 'money':
      return toCents(path, value);
    case 'rate':
      return String(toNumber(path, value));
    case 'boolean':
      return /^(true|t|1)$/i.test(String(value)) ? 1 : 0;
    case 'date':
      return toDay(path, String(value));
    case 'status':
      return toLetter(transaction, path, value);
    case 'text':
      return isReference(value) ? (value.id ?? null) : String(value);
  }
}

function toId(db: DatabaseSync, tables: readonly string[], path: string, value: DraftValue): number {
  const { id, externalId } = isReference(value) ? value : { id: String(value), externalId: undefined };
  for (const table of tables) {
    const column = id === undefined ? 'external_id' : 'id';
    const found = db.prepare(`SELECT id FROM ${table} WHERE ${column} = ?`).get(id ?? externalId ?? '');
    if (found) return Number(found.id);
  }
  throw badReference(path, id ?? externalId ?? '');
}

export function toNumber(path: string, value: DraftValue): number {
  const text = String(value).trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new RecordProblem('INVALID_NUMBER', `Invalid number '${text}'.`, path);
}

export const toCents = (path: string, value: DraftValue) =>
  Math.round(Number((toNumber(path, value) * 100).toFixed(4)));

function toDay(path: string, text: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? text : readDay(text);
  if (day === null || Number.isNaN(Date.parse(day))) {
    throw new RecordProblem('INVALID_DATE', `Invalid date '${text}'.`, path);
  }
  return day;
}

/** A status by its letter (REST), by its schema name (SOAP) or by its screen text. */
function toLetter(transaction: string, path: string, value: DraftValue): string {
  const text = isReference(value) ? (value.id ?? '') : String(value);
  const names = orderStatuses[transaction] ?? {};
  for (const [letter, [screen]] of Object.entries(transactionTypes[transaction]?.statuses ?? {})) {
    if (text === letter || text === names[letter] || `_${text}` === names[letter] || text === screen) return letter;
  }
  throw userError(`Invalid value ${text} for the field status.`, path);
}
