import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { withoutNulls } from './answers.ts';
import type { Field } from './fields.ts';

export type Row = { cursor: number } & Record<string, unknown>;

export interface Reader {
  /** Rows of a table expression, in the order of their cursor column. */
  select(question: {
    from: string;
    cursor: string;
    fields: readonly Field[];
    where: string;
    values: (string | number)[];
    limit: number;
  }): Row[];
  all(sql: string, ...values: (string | number)[]): Record<string, unknown>[];
}

/** Keeps each distinct statement prepared. */
export function createReader(db: DatabaseSync): Reader {
  const statements = new Map<string, StatementSync>();
  const all: Reader['all'] = (sql, ...values) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement.all(...values);
  };

  return {
    all,
    select({ from, cursor, fields, where, values, limit }) {
      const columns = [`${cursor} AS cursor`, ...fields.map((field) => `${field.sql} AS "${field.name}"`)];
      const sql = `SELECT ${columns.join(', ')} FROM ${from} WHERE ${where} ORDER BY ${cursor} LIMIT ?`;
      return all(sql, ...values, limit) as Row[];
    },
  };
}

/** A row in JSON: flags as booleans, the cursor and everything null left out. */
export function toRecord(row: Row, fields: readonly Field[]): Record<string, unknown> {
  const pairs = fields.map(({ name, boolean }) => [name, boolean && row[name] != null ? row[name] === 1 : row[name]]);
  return withoutNulls(Object.fromEntries(pairs));
}
