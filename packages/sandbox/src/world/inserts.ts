import type { DatabaseSync, StatementSync } from 'node:sqlite';

type Value = string | number | null;

/** Inserts rows named by column; one prepared statement for each table and set of columns. */
export type Insert = (table: string, row: Record<string, Value>) => void;

export function createInsert(db: DatabaseSync): Insert {
  const statements = new Map<string, StatementSync>();
  return (table, row) => {
    const columns = Object.keys(row);
    const key = `${table} ${columns.join()}`;
    let statement = statements.get(key);
    if (!statement) {
      statement = db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
      statements.set(key, statement);
    }
    statement.run(...Object.values(row));
  };
}
