import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { withoutNulls } from './answers.ts';
import type { Field } from './fields.ts';

export type Row = { cursor: number } & Record<string, unknown>;
export type Value = string | number | null;

/** Reads and writes the world's tables. */
export interface Reader {
  /** Rows of a table expression, in the order of their cursor column. */
  select(question: {
    from: string;
    cursor: string;
    fields: readonly Field[];
    where: string;
    values: Value[];
    limit: number;
  }): Row[];
  all(sql: string, ...values: Value[]): Record<string, unknown>[];
  run(sql: string, ...values: Value[]): void;
  insert(table: string, row: Record<string, Value>): void;
  /** Changes the named columns of the rows that `where` finds. */
  update(table: string, row: Record<string, Value>, where: string, ...values: Value[]): void;
  /** Keeps everything that `work` writes, or nothing of it when it throws. */
  atomically<Result>(work: () => Result): Result;
  /** An id that no record of the table has or had; Marketo leaves gaps, so nobody may count on the next one. */
  nextId(table: string): number;
}

const gaps: Record<string, number> = { mk_lead: 7, mk_program: 3 };

/** Keeps each distinct statement prepared. */
export function createReader(db: DatabaseSync): Reader {
  const statements = new Map<string, StatementSync>();
  const highest = new Map<string, number>();
  let depth = 0;
  const prepared = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const all: Reader['all'] = (sql, ...values) => prepared(sql).all(...values);
  const run: Reader['run'] = (sql, ...values) => void prepared(sql).run(...values);

  return {
    all,
    run,
    select({ from, cursor, fields, where, values, limit }) {
      const columns = [`${cursor} AS cursor`, ...fields.map((field) => `${field.sql} AS "${field.name}"`)];
      const sql = `SELECT ${columns.join(', ')} FROM ${from} WHERE ${where} ORDER BY ${cursor} LIMIT ?`;
      return all(sql, ...values, limit) as Row[];
    },
    insert(table, row) {
      const columns = Object.keys(row);
      run(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`, ...Object.values(row));
    },
    update(table, row, where, ...values) {
      const columns = Object.keys(row).map((column) => `${column} = ?`);
      if (columns.length > 0) run(`UPDATE ${table} SET ${columns} WHERE ${where}`, ...Object.values(row), ...values);
    },
    atomically(work) {
      depth += 1;
      const name = `marketo_${depth}`;
      run(`SAVEPOINT ${name}`);
      try {
        const result = work();
        run(`RELEASE ${name}`);
        return result;
      } catch (error) {
        run(`ROLLBACK TO ${name}`);
        run(`RELEASE ${name}`);
        throw error;
      } finally {
        depth -= 1;
      }
    },
    nextId(table) {
      const [row] = all(`SELECT max(id) AS id FROM ${table}`);
      const id = Math.max(Number(row?.id ?? 0), highest.get(table) ?? 0) + (gaps[table] ?? 1);
      highest.set(table, id);
      return id;
    },
  };
}

/** A row in JSON: flags as booleans, the cursor and everything null left out. */
export function toRecord(row: Row, fields: readonly Field[]): Record<string, unknown> {
  const pairs = fields.map(({ name, boolean }) => [name, boolean && row[name] != null ? row[name] === 1 : row[name]]);
  return withoutNulls(Object.fromEntries(pairs));
}
