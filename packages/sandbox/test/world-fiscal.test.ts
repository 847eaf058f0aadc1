import { literalRange } from '../src/salesforce/soql/dates.ts';
import { fiscalQuarter, fiscalQuarterStart, fiscalSql, fiscalYear, fiscalYearStart } from '../src/world/fiscal.ts';
import { openWorld } from '../src/world/world.ts';
import { today } from './world-support.ts';

test.each([
  ['2026-01-31', 2026, 4, '2025-02-01', '2025-11-01'],
  ['2026-02-01', 2027, 1, '2026-02-01', '2026-02-01'],
  ['2026-04-30', 2027, 1, '2026-02-01', '2026-02-01'],
  ['2026-05-01', 2027, 2, '2026-02-01', '2026-05-01'],
  ['2026-10-31', 2027, 3, '2026-02-01', '2026-08-01'],
  ['2026-12-31', 2027, 4, '2026-02-01', '2026-11-01'],
])('%s is in fiscal year %i, quarter %i', (date, year, quarter, yearStart, quarterStart) => {
  expect([fiscalYear(date), fiscalQuarter(date)]).toEqual([year, quarter]);
  expect([fiscalYearStart(date), fiscalQuarterStart(date)]).toEqual([yearStart, quarterStart]);
});

test('SQL counts the fiscal calendar as code does, on every day and at any hour', () => {
  const world = openWorld({ seed: 1, size: 5, today });
  const days = world.db
    .prepare(
      `SELECT effective_on AS day, ${fiscalSql.year('effective_on')} AS year, ${fiscalSql.quarter('effective_on')} AS quarter,
       ${fiscalSql.month(`(effective_on || 'T23:59:59Z')`)} AS month FROM ns_currency_rate WHERE currency_id = 1`,
    )
    .all();
  world.close();
  expect(days.length).toBeGreaterThan(500);
  const months = ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '01'];
  expect(days.map(({ year, quarter, month }) => ({ year, quarter, month }))).toEqual(
    days.map(({ day }) => ({
      year: fiscalYear(String(day)),
      quarter: fiscalQuarter(String(day)),
      month: months.indexOf(String(day).slice(5, 7)) + 1,
    })),
  );
});

test.each([
  ['THIS_FISCAL_YEAR', '2026-02-01', '2027-02-01'],
  ['LAST_FISCAL_QUARTER', '2026-08-01', '2026-11-01'],
  ['NEXT_N_FISCAL_QUARTERS:2', '2027-02-01', '2027-08-01'],
  ['THIS_QUARTER', '2026-10-01', '2027-01-01'],
  ['THIS_YEAR', '2026-01-01', '2027-01-01'],
])('%s runs from %s to before %s', (literal, start, end) => {
  expect(literalRange(literal, today)).toEqual({ start, end });
});
