import type { SQLOutputValue } from 'node:sqlite';
import type { Sandbox } from './support.ts';
import { today } from './support.ts';

/** Subscriptions at the edges of their time and of their states, so that a wrong comparison shows. */
export function rewriteSubscriptions({ world }: Sandbox): void {
  const running = world.db
    .prepare(`SELECT id FROM ns_transaction WHERE type = 'SalesOrd' AND status = 'F' ORDER BY id LIMIT 9`)
    .all();
  const edges = [
    `end_date = '${today}'`,
    `end_date = '2026-11-19'`,
    `start_date = '${today}'`,
    `start_date = '2026-11-21'`,
    `end_date = NULL`,
    `status = 'A'`,
    `status = 'C'`,
    `status = 'H'`,
    'recur_weekly = 123456',
  ];
  expect(running).toHaveLength(edges.length);
  running.forEach(({ id }, index) => {
    world.db.exec(`UPDATE ns_transaction SET ${edges[index]} WHERE id = ${id}`);
  });
}

/** More running subscriptions at rates of their own than one page holds, so that their sums take several. */
export function spreadRates({ world }: Sandbox): void {
  world.db.exec(`UPDATE ns_transaction SET exchange_rate = printf('7.%06d', id % 1000000),
    start_date = min(coalesce(start_date, '2026-01-01'), '2026-01-01'), end_date = NULL
    WHERE type = 'SalesOrd' AND id NOT IN (SELECT id FROM ns_transaction WHERE type = 'SalesOrd' ORDER BY id LIMIT 300)`);
}

/** More accounting periods than one page holds, each with postings of every kind that the ledger is read for. */
export function growLedger({ world: { db } }: Sandbox): void {
  const journal = db.prepare(`SELECT * FROM ns_transaction WHERE type = 'Journal' LIMIT 1`).get() ?? {};
  const period = db.prepare('SELECT * FROM ns_period WHERE id = ?').get(journal.period_id ?? null) ?? {};
  const accounts = db.prepare(`SELECT id, type FROM ns_account WHERE type IN ('Bank', 'Income', 'COGS')`).all();
  const { entity_id: _, ...stored } = journal;
  const insert = (table: string, row: Record<string, SQLOutputValue>) => {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join();
    db.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${marks})`).run(...Object.values(row));
  };
  db.exec('BEGIN');
  for (let month = 0; month < 1100; month += 1) {
    const day = (ahead: number, date: number) => new Date(Date.UTC(1930, ahead, date)).toISOString().slice(0, 10);
    const id = 100_000 + month;
    insert('ns_period', {
      ...period,
      id,
      name: `Old ${month}`,
      start_date: day(month, 1),
      end_date: day(month + 1, 0),
    });
    insert('ns_transaction', { ...stored, id: 5_000_000 + month, period_id: id, tran_date: day(month, 1) });
    for (const account of accounts) {
      const amount = ((month % 97) + 1) * (account.type === 'Income' ? -1 : 1);
      const line = account.id ?? null;
      insert('ns_posting', { transaction_id: 5_000_000 + month, line, account_id: line, amount });
    }
  }
  db.exec('COMMIT');
}
