import type { World } from '../src/world/world.ts';

export const today = '2026-11-22';

/** What the tables of a world say. */
export function reader({ db }: World) {
  return {
    rows: (sql: string) => db.prepare(sql).all() as Record<string, string | number | null>[],
    /** How many rows `FROM …` finds. */
    count: (from: string) => Number(db.prepare(`SELECT COUNT(*) AS n FROM ${from}`).get()?.n),
    /** One column, all of it text. */
    texts: (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map((row) => String(Object.values(row)[0])),
  };
}

export type Row = Record<string, string | bigint | null>;

/** Whole numbers stay exact: every integer is read as a BigInt. */
export function read({ db }: World, sql: string, ...values: (string | number)[]): Row[] {
  const statement = db.prepare(sql);
  statement.setReadBigInts(true);
  return statement.all(...values) as Row[];
}

export const money = (value: string | bigint | null | undefined) => BigInt(value ?? 0);
export const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n);
/** Sums `value` of rows by `key`, zeros left out. */
export function byKey(rows: { key: unknown; value: bigint }[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { key, value } of rows) sums.set(String(key), (sums.get(String(key)) ?? 0n) + value);
  return new Map([...sums].filter(([, value]) => value !== 0n).sort());
}
