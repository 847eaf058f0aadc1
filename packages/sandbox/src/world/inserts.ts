import type { DatabaseSync, StatementSync } from 'node:sqlite';

type Value = string | number | null;

/** Inserts rows named by column; one prepared statement for each table and set of columns. */
export type Insert = (table: string, row: Record<string, Value>) => void;

interface Prepared {
  columns: string[];
  statement: StatementSync;
}

export function createInsert(db: DatabaseSync): Insert {
  const byTable = new Map<string, Prepared[]>();
  return (table, row) => {
    const columns = Object.keys(row);
    const known = byTable.get(table) ?? [];
    let prepared = known.find((each) => isSame(each.columns, columns));
    if (!prepared) {
      const sql = `INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`;
      prepared = { columns, statement: db.prepare(sql) };
      byTable.set(table, [...known, prepared]);
    }
    prepared.statement.run(...Object.values(row));
  };
}

/** Cheaper than joining names into a key: it happens for every row of the world. */
function isSame(one: string[], other: string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}
