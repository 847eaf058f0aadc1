import type { DatabaseSync } from 'node:sqlite';
import type { Draft } from './drafts.ts';
import { RecordProblem } from './problems.ts';
import type { WritableType } from './types.ts';
import type { Stored } from './values.ts';
import { toStored } from './values.ts';

export type Row = Record<string, Stored>;

/** The columns that a draft sets. Names that the type does not have are passed over. */
export function readColumns(db: DatabaseSync, type: WritableType, draft: Draft): Row {
  const columns: Row = {};
  for (const [name, value] of Object.entries(draft.fields)) {
    const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
    if (!field) continue;
    try {
      columns[field.column] = toStored(db, type, field, name, value);
    } catch (error) {
      if (!draft.lenient || !(error instanceof RecordProblem)) throw error;
    }
  }
  return columns;
}

export function insertRow(db: DatabaseSync, table: string, row: Row): void {
  const names = Object.keys(row);
  db.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.map(() => '?')})`).run(...Object.values(row));
}

export function updateRow(db: DatabaseSync, table: string, id: number, row: Row): void {
  const names = Object.keys(row);
  if (names.length === 0) return;
  const set = names.map((name) => `${name} = ?`);
  db.prepare(`UPDATE ${table} SET ${set} WHERE id = ?`).run(...Object.values(row), id);
}

/** Entities share one run of numbers, transactions another. */
export function nextId(db: DatabaseSync, { table }: WritableType): number {
  const isTransaction = table === 'ns_transaction';
  const tables = isTransaction ? [table] : ['ns_customer', 'ns_vendor'];
  // A number is never given out twice, so deleted records count.
  const deleted = `SELECT MAX(id) FROM ns_deleted WHERE type ${isTransaction ? 'NOT ' : ''}IN ('customer', 'vendor')`;
  const sources = tables.map((each) => `SELECT MAX(id) AS id FROM ${each}`);
  const sql = `SELECT MAX(id) AS id FROM (${[...sources, deleted].join(' UNION ALL ')})`;
  return Number(db.prepare(sql).get()?.id ?? 0) + 1;
}

/** Refuses an external id that another record of the same kind has. */
export function refuseTakenId(db: DatabaseSync, type: WritableType, id: number, externalId: Stored | undefined): void {
  if (externalId === null || externalId === undefined) return;
  const isTransaction = type.table === 'ns_transaction';
  const sameKind = isTransaction ? 'AND type = ?' : '';
  const values = isTransaction ? [type.transaction ?? ''] : [];
  const taken = db
    .prepare(`SELECT id FROM ${type.table} WHERE external_id = ? AND id <> ? ${sameKind}`)
    .get(externalId, id, ...values);
  if (!taken) return;
  if (isTransaction) throw new RecordProblem('DUP_RCRD', 'This record already exists.', 'externalId');
  throw new RecordProblem('DUP_ENTITY', 'This entity already exists.', 'externalId');
}
