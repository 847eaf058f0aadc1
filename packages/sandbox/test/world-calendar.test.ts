import { openWorld } from '../src/world/world.ts';
import { reader, today } from './world-support.ts';

describe.each([1, 8])('in a world of seed %i', (seed) => {
  const world = openWorld({ seed, size: 500, today });
  afterAll(() => world.close());
  const { count, rows } = reader(world);

  test('every month lies in a fiscal quarter, and that in a fiscal year from February', () => {
    const inside = (child: string, parent: string) =>
      count(`ns_period c JOIN ns_period p ON p.id = c.parent_id AND c.start_date >= p.start_date AND c.end_date <= p.end_date
        WHERE ${child} AND ${parent}`);
    const [month, quarter, year] = ['is_quarter = 0 AND c.is_year', 'is_quarter', 'is_year'];
    const months = count('ns_period WHERE is_quarter = 0 AND is_year = 0');
    expect(months).toBe(19);
    expect(inside(`c.${month} = 0`, `p.${quarter} = 1`)).toBe(months);
    expect(inside(`c.${quarter} = 1`, `p.${year} = 1`)).toBe(count('ns_period WHERE is_quarter = 1'));
    expect(rows('SELECT name, start_date, end_date FROM ns_period WHERE is_year = 1 ORDER BY id')).toEqual([
      { name: 'FY 2026', start_date: '2025-02-01', end_date: '2026-01-31' },
      { name: 'FY 2027', start_date: '2026-02-01', end_date: '2027-01-31' },
    ]);
    const spans = rows(
      'SELECT julianday(end_date) - julianday(start_date) AS days FROM ns_period WHERE is_quarter = 1',
    );
    for (const { days } of spans) expect([88, 89, 90, 91]).toContain(days);
  });

  test('a transaction lies in the month of its day; past months are closed', () => {
    expect(
      count(`ns_transaction t JOIN ns_period p ON p.id = t.period_id
        WHERE t.tran_date NOT BETWEEN p.start_date AND p.end_date OR p.is_quarter = 1 OR p.is_year = 1`),
    ).toBe(0);
    expect(
      rows(`SELECT name FROM ns_period WHERE is_closed = 0 AND is_quarter = 0 AND is_year = 0 ORDER BY id`),
    ).toEqual([{ name: 'Oct 2026' }, { name: 'Nov 2026' }]);
  });

  test('deals close most at the end of a quarter, seldom on a weekend and at the end of December', () => {
    const days = rows(
      `WITH RECURSIVE day(d) AS (SELECT '2025-06-01' UNION ALL SELECT date(d, '+1 day') FROM day WHERE d < '2026-10-31')
       SELECT d, strftime('%w', d) IN ('0', '6') AS weekend,
         (SELECT julianday(end_date) - julianday(d) FROM ns_period WHERE is_quarter = 1 AND d BETWEEN start_date AND end_date) AS left,
         (SELECT COUNT(*) FROM sf_opportunity WHERE is_closed = 1 AND close_date = d) AS deals FROM day`,
    ).map((row) => ({
      d: String(row.d),
      weekend: row.weekend === 1,
      left: Number(row.left),
      deals: Number(row.deals),
    }));
    const mean = (some: typeof days) => some.reduce((sum, { deals }) => sum + deals, 0) / some.length;
    const weekdays = days.filter(({ weekend }) => !weekend);
    expect(mean(weekdays.filter(({ left }) => left < 14))).toBeGreaterThan(
      2 * mean(weekdays.filter(({ left }) => left > 30)),
    );
    expect(mean(days.filter(({ weekend }) => weekend))).toBeLessThan(0.25 * mean(weekdays));
    const feast = weekdays.filter(({ d }) => d >= '2025-12-20' && d <= '2026-01-02');
    expect(mean(feast)).toBeLessThan(0.6 * mean(weekdays));
  });

  test('open deals are expected to close at quarter ends too', () => {
    const late = count(`sf_opportunity WHERE is_closed = 0 AND close_date BETWEEN '2027-01-18' AND '2027-01-31'`);
    const early = count(`sf_opportunity WHERE is_closed = 0 AND close_date BETWEEN '2027-02-01' AND '2027-02-14'`);
    expect(late).toBeGreaterThan(2 * early);
  });

  test('rates move from day to day, rest on weekends, and are today what the currency says', () => {
    expect(count('ns_currency_rate')).toBe(6 * count(`ns_currency_rate WHERE currency_id = 1`));
    expect(
      count(`ns_currency c JOIN ns_currency_rate r ON r.currency_id = c.id AND r.effective_on = '${today}'
        AND r.exchange_rate = c.exchange_rate`),
    ).toBe(6);
    const moves = rows(
      `SELECT r.currency_id, strftime('%w', r.effective_on) IN ('0', '6') AS weekend,
         abs(CAST(r.exchange_rate AS REAL) / CAST(p.exchange_rate AS REAL) - 1) AS move
       FROM ns_currency_rate r JOIN ns_currency_rate p ON p.currency_id = r.currency_id
         AND p.effective_on = date(r.effective_on, '-1 day') WHERE r.currency_id > 1`,
    );
    expect(Math.max(...moves.map(({ move }) => Number(move)))).toBeLessThan(0.0082);
    for (const { weekend, move } of moves) if (weekend) expect(move).toBe(0);
    const spread = rows(
      `SELECT max(CAST(exchange_rate AS REAL)) / min(CAST(exchange_rate AS REAL)) AS spread FROM ns_currency_rate
       WHERE currency_id > 1 GROUP BY currency_id`,
    );
    for (const each of spread) expect(each.spread).toBeGreaterThan(1.03);
  });

  test('every transaction is booked at the rate of its day', () => {
    const wrong = `ns_transaction t LEFT JOIN ns_currency_rate r ON r.currency_id = t.currency_id AND r.effective_on = t.tran_date
      WHERE r.exchange_rate IS NOT t.exchange_rate`;
    expect(count(wrong)).toBe(0);
    expect(rows('SELECT DISTINCT currency_id FROM ns_transaction')).toHaveLength(6);
    expect(count(`(SELECT DISTINCT exchange_rate FROM ns_transaction)`)).toBeGreaterThan(200);
  });

  test('what the rates gained or lost between invoice and payment has its own account', () => {
    const exchange = `ns_posting p JOIN ns_account a ON a.id = p.account_id AND a.type = 'OthIncome'
      JOIN ns_transaction t ON t.id = p.transaction_id`;
    expect(count(exchange)).toBeGreaterThan(50);
    expect(count(`${exchange} WHERE t.currency_id = 1 OR t.type NOT IN ('CustPymt', 'CustCred')`)).toBe(0);
    expect(count(`${exchange} WHERE p.amount > 0`)).toBeGreaterThan(0);
    expect(count(`${exchange} WHERE p.amount < 0`)).toBeGreaterThan(0);
  });
});
