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
  world.db.exec(`UPDATE ns_transaction SET exchange_rate = printf('1.%06d', id % 1000000),
    start_date = min(coalesce(start_date, '2026-01-01'), '2026-01-01'), end_date = NULL
    WHERE type = 'SalesOrd' AND id NOT IN (SELECT id FROM ns_transaction WHERE type = 'SalesOrd' ORDER BY id LIMIT 300)`);
}

/** More accounting periods than one page holds, each with postings of every kind that the ledger is read for. */
export function growLedger({ world: { db } }: Sandbox): void {
  db.exec(`
    INSERT INTO ns_period (id, name, start_date, end_date)
      WITH RECURSIVE month(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM month WHERE n < 1099)
      SELECT 100000 + n, 'Old ' || n, date('1930-01-01', n || ' months'), date('1930-01-01', (n + 1) || ' months', '-1 day')
      FROM month;
    CREATE TEMP TABLE old AS SELECT * FROM ns_transaction WHERE type = 'Journal' LIMIT 1;
    INSERT INTO ns_transaction (id, type, tran_id, tran_date, status, currency_id, exchange_rate, period_id, posting, total,
        paid, unpaid, unapplied, one_time, recur_weekly, recur_monthly, recur_quarterly, recur_annually, subsidiary_id,
        created_at, modified_at)
      SELECT 5000000 + p.id, o.type, 'OLD' || p.id, p.start_date, o.status, o.currency_id, o.exchange_rate, p.id, o.posting,
        100, 0, 0, 0, 0, 0, 0, 0, 0, o.subsidiary_id, o.created_at, o.modified_at
      FROM ns_period p, old o WHERE p.id >= 100000;
    INSERT INTO ns_posting (transaction_id, line, account_id, amount)
      SELECT 5000000 + p.id, a.id, a.id, p.id % 97 * (CASE a.type WHEN 'Income' THEN -1 ELSE 1 END)
      FROM ns_period p, ns_account a WHERE p.id >= 100000 AND a.type IN ('Bank', 'Income', 'COGS');`);
}
