import type { World } from '../src/world/world.ts';
import { openWorld } from '../src/world/world.ts';
import type { Row } from './world-support.ts';
import { byKey, money, read, sum, today } from './world-support.ts';

const fullMonths = (back: number) => new Date(Date.UTC(2026, 10 - back, 1)).toISOString().slice(0, 10);

const millionths = (rate: unknown) => {
  const [whole = '0', fraction = ''] = String(rate).split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
};
/** Cents of a positive amount at a rate in text, a half rounded up. */
const atRate = (cents: bigint, rate: unknown) => (cents * millionths(rate) + 500_000n) / 1_000_000n;
const total = (world: World, sql: string, ...values: (string | number)[]) => money(read(world, sql, ...values)[0]?.n);
/** Each document's worth in base currency, from its lines and the rate table; its own totals and rate are not read. */
const documents = `SELECT t.id, t.type, t.tran_date, r.exchange_rate AS rate, CASE WHEN t.type = 'CustPymt' THEN t.total ELSE
  (SELECT SUM(l.amount) FROM ns_transaction_line l WHERE l.transaction_id = t.id AND l.line > 0) END AS cents
  FROM ns_transaction t JOIN ns_currency_rate r ON r.currency_id = t.currency_id AND r.effective_on = t.tran_date`;

describe.each([1, 8])('in a world of seed %i', (seed) => {
  const world = openWorld({ seed, size: 500, today });
  afterAll(() => world.close());

  const ledger = (type: string, from: string, to: string) =>
    total(
      world,
      `SELECT SUM(p.amount) AS n FROM ns_posting p JOIN ns_account a ON a.id = p.account_id
       JOIN ns_transaction t ON t.id = p.transaction_id JOIN ns_period m ON m.id = t.period_id
       WHERE a.type = ? AND m.start_date >= ? AND m.start_date < ?`,
      type,
      from,
      to,
    );
  const worth = (type: string, from: string, to: string) =>
    sum(
      read(world, `${documents} WHERE t.type = ? AND t.tran_date >= ? AND t.tran_date < ?`, type, from, to).map((row) =>
        atRate(money(row.cents), row.rate),
      ),
    );
  const journals = (memo: string, from: string, to: string) =>
    total(
      world,
      'SELECT SUM(total) AS n FROM ns_transaction WHERE memo = ? AND tran_date >= ? AND tran_date < ?',
      memo,
      from,
      to,
    );
  const bankByDocuments = (from: string, to: string) =>
    journals('Opening balance', from, to) +
    worth('CustPymt', from, to) -
    journals('Hosting paid', from, to) -
    journals('Payroll and office', from, to);

  test('cash in the bank accounts is what was paid in less what was paid out, and what all other accounts lack', () => {
    const cash = ledger('Bank', '', '9');
    expect(cash).toBeGreaterThan(0n);
    expect(bankByDocuments('', '9')).toBe(cash);
    expect(
      -total(
        world,
        `SELECT SUM(amount) AS n FROM ns_posting WHERE account_id NOT IN (SELECT id FROM ns_account WHERE type = 'Bank')`,
      ),
    ).toBe(cash);
  });

  test('burn of the last three full months is the same by ledger and by documents', () => {
    const change = ledger('Bank', fullMonths(3), fullMonths(0));
    expect(change).not.toBe(0n);
    expect(bankByDocuments(fullMonths(3), fullMonths(0))).toBe(change);
  });

  test('income is what was invoiced less what was credited, month by month; costs are their share of invoices', () => {
    for (let back = 18; back >= 0; back -= 1) {
      const span = [fullMonths(back), fullMonths(back - 1)] as const;
      expect(-ledger('Income', ...span)).toBe(worth('CustInvc', ...span) - worth('CustCred', ...span));
      const costs = read(
        world,
        `${documents} WHERE t.type = 'CustInvc' AND t.tran_date >= ? AND t.tran_date < ?`,
        ...span,
      );
      expect(ledger('COGS', ...span)).toBe(
        sum(costs.map((row) => (atRate(money(row.cents), row.rate) * 24n + 50n) / 100n)),
      );
    }
  });

  test('the receivable is what open invoices are worth, less what payments and credits still hold', () => {
    const rows = read(
      world,
      'SELECT unpaid, unapplied, exchange_rate AS rate FROM ns_transaction WHERE unpaid > 0 OR unapplied > 0',
    );
    const open = sum(rows.map((row) => atRate(money(row.unpaid), row.rate) - atRate(money(row.unapplied), row.rate)));
    expect(open).toBeGreaterThan(0n);
    expect(ledger('AcctRec', '', '9')).toBe(open);
  });

  // The same open invoices, asked earlier and later: every due date near today is on one side once and on the other once.
  test.each([today, '2026-10-08', '2026-10-23', '2026-11-07', '2026-12-07', '2026-12-22', '2027-01-06'])(
    'what is overdue on %s, by customer: what documents say is left, and lines less what was applied after the term',
    (day) => {
      const said = read(
        world,
        `SELECT customer_id AS key, SUM(unpaid) AS value FROM ns_transaction
         WHERE type = 'CustInvc' AND due_date < ? GROUP BY 1`,
        day,
      );
      const invoices = read(
        world,
        `SELECT t.customer_id AS key, t.tran_date, term.days,
           (SELECT SUM(l.quantity * l.rate) FROM ns_transaction_line l WHERE l.transaction_id = t.id AND l.line > 0)
           - COALESCE((SELECT SUM(a.amount) FROM ns_applied a WHERE a.invoice_id = t.id), 0) AS value
         FROM ns_transaction t JOIN ns_term term ON term.id = t.term_id WHERE t.type = 'CustInvc'`,
      );
      const late = invoices.filter(
        ({ tran_date, days }) => Date.parse(String(tran_date)) + Number(days) * 86_400_000 < Date.parse(day),
      );
      const entry = ({ key, value }: Row) => ({ key, value: money(value) });
      const overdue = byKey(said.map(entry));
      expect(overdue.size).toBeGreaterThan(20);
      expect(byKey(late.map(entry))).toEqual(overdue);
    },
  );

  test('what each customer owes is what was billed less what was paid and credited', () => {
    const left = read(
      world,
      `SELECT customer_id AS key, SUM(unpaid - unapplied) AS value FROM ns_transaction WHERE posting = 1 AND customer_id > 0
       GROUP BY 1`,
    );
    const moved = read(
      world,
      `SELECT t.customer_id AS key, d.type, d.cents FROM ns_transaction t JOIN (${documents}) d ON d.id = t.id
       WHERE d.type IN ('CustInvc', 'CustPymt', 'CustCred')`,
    );
    const owed = byKey(left.map(({ key, value }) => ({ key, value: money(value) })));
    expect(owed.size).toBeGreaterThan(100);
    expect(
      byKey(moved.map(({ key, type, cents }) => ({ key, value: type === 'CustInvc' ? money(cents) : -money(cents) }))),
    ).toEqual(owed);
  });

  test('recurring revenue of the running orders is what their last invoices come to in a year', () => {
    const orders = read(
      world,
      `SELECT recur_weekly * 52 + recur_monthly * 12 + recur_quarterly * 4 + recur_annually AS yearly, exchange_rate AS rate
       FROM ns_transaction WHERE type = 'SalesOrd' AND status NOT IN ('A', 'C', 'H')
       AND start_date <= ?1 AND (end_date IS NULL OR end_date >= ?1)`,
      today,
    );
    const yearly = sum(orders.map((row) => money(row.yearly) * millionths(row.rate)));
    // An order's last invoice, and how often in a year one like it is written.
    const invoices = read(
      world,
      `SELECT SUM(l.amount) AS cents, r.exchange_rate AS rate,
         CASE WHEN o.recur_monthly > 0 THEN 12 WHEN o.recur_quarterly > 0 THEN 4 ELSE 1 END AS times
       FROM ns_transaction o
       JOIN ns_currency_rate r ON r.currency_id = o.currency_id AND r.effective_on = o.start_date
       JOIN ns_transaction_line l ON l.line > 0 AND l.transaction_id =
         (SELECT MAX(i.id) FROM ns_transaction i WHERE i.created_from = o.id AND i.type = 'CustInvc')
       WHERE o.one_time = 0 AND o.closed_at IS NULL AND o.end_date >= ? GROUP BY o.id`,
      today,
    );
    expect(invoices.length).toBe(orders.length);
    const billed = sum(invoices.map((row) => money(row.cents) * money(row.times) * millionths(row.rate)));
    expect(yearly).toBeGreaterThan(0n);
    // ARR is this over a million, MRR a twelfth of that: where the numerators agree, both do, to the cent.
    expect(billed).toBe(yearly);
  });

  test('a subscription is invoiced as often as it says', () => {
    const rows = read(
      world,
      `SELECT o.id, o.recur_monthly, o.recur_quarterly, MIN(i.tran_date) AS first, COUNT(*) AS invoices,
         COALESCE(MIN(o.closed_at, o.end_date), o.end_date) AS until
       FROM ns_transaction o JOIN ns_transaction i ON i.created_from = o.id AND i.type = 'CustInvc'
       WHERE o.one_time = 0 GROUP BY o.id`,
    );
    expect(rows.length).toBeGreaterThan(100);
    for (const { recur_monthly, recur_quarterly, first, invoices, until } of rows) {
      const step = money(recur_monthly) > 0n ? 1 : money(recur_quarterly) > 0n ? 3 : 12;
      const last = [today, String(until).slice(0, 10)].sort()[0] ?? today;
      const [from, to] = [new Date(String(first)), new Date(last)];
      const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
      expect(invoices).toBe(BigInt(Math.floor(months / step) + 1));
    }
  });
});
