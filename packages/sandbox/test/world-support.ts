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
