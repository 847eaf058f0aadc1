import { createCalendar } from '../src/definitions/calendar.ts';
import { daysOverdue, matchesFilter, paymentStatus } from '../src/definitions/invoices.ts';
import { burnRate, grossMargin } from '../src/definitions/ledger.ts';
import { annualRecurring, monthlyRecurring } from '../src/definitions/recurring.ts';
import type { InvoiceState, LedgerSum } from '../src/model.ts';

const today = '2026-03-15';
const invoice = (state: InvoiceState, dueDate: string | null = null) => ({ state, dueDate });

test.each([
  ['no invoice', [], 'NO_INVOICES'],
  ['all paid', [invoice('PAID_IN_FULL', '2026-01-01')], 'PAID'],
  ['due tomorrow a week', [invoice('OPEN', '2026-03-23')], 'CURRENT'],
  ['due in a week', [invoice('OPEN', '2026-03-22')], 'DUE_SOON'],
  ['due today', [invoice('OPEN', today)], 'DUE_SOON'],
  ['due yesterday', [invoice('OPEN', '2026-03-14')], 'OVERDUE'],
  ['without a due date', [invoice('OPEN')], 'CURRENT'],
  ['one overdue among others', [invoice('OPEN', '2026-04-30'), invoice('OPEN', '2026-03-01')], 'OVERDUE'],
  ['one open among paid', [invoice('PAID_IN_FULL', '2026-01-01'), invoice('OPEN', '2026-04-30')], 'CURRENT'],
  ['a paid one that was late', [invoice('PAID_IN_FULL', '2025-01-01')], 'PAID'],
  ['only voided', [invoice('VOIDED', '2025-01-01')], 'NO_INVOICES'],
] as const)('payment status: %s', (_, invoices, expected) => {
  expect(paymentStatus(invoices, today)).toBe(expected);
});

test.each([
  [invoice('OPEN', '2026-03-14'), 1],
  [invoice('OPEN', '2026-03-15'), 0],
  [invoice('OPEN', '2026-04-15'), 0],
  [invoice('OPEN', '2025-03-15'), 365],
  [invoice('PAID_IN_FULL', '2026-01-01'), 0],
  [invoice('OPEN'), 0],
])('%o is %i days overdue', (each, days) => {
  expect(daysOverdue(each, today)).toBe(days);
});

test.each([
  ['OPEN', [true, true, false]],
  ['OVERDUE', [true, false, false]],
  ['PAID', [false, false, true]],
  ['ALL', [true, true, true]],
] as const)('the filter %s', (filter, expected) => {
  const invoices = [invoice('OPEN', '2026-03-14'), invoice('OPEN', today), invoice('PAID_IN_FULL', '2026-03-14')];
  expect(invoices.map((each) => matchesFilter(each, filter, today))).toEqual(expected);
});

test.each([
  ['UTC', '2026-03-15T00:00:00Z', '2026-03-15'],
  ['UTC', '2026-03-14T23:59:59.999Z', '2026-03-14'],
  ['America/New_York', '2026-03-15T03:59:59Z', '2026-03-14'],
  ['America/New_York', '2026-03-15T04:00:00Z', '2026-03-15'],
  ['Asia/Tokyo', '2026-03-14T15:00:00Z', '2026-03-15'],
  ['America/Los_Angeles', '2026-01-01T07:59:59Z', '2025-12-31'],
])('in %s it is at %s the day %s', (zone, instant, day) => {
  expect(createCalendar(zone)(new Date(instant))).toBe(day);
});

const recurring = (amounts: object) => ({
  exchangeRate: '1',
  weekly: '0',
  monthly: '0',
  quarterly: '0',
  annually: '0',
  ...amounts,
});

test.each([
  ['nothing', [], '0', '0'],
  ['a month', [recurring({ monthly: '100.10' })], '100.1', '1201.2'],
  ['a week is 52/12 months', [recurring({ weekly: '12' })], '52', '624'],
  ['a third of a quarter', [recurring({ quarterly: '100' })], '33.33', '400'],
  ['a twelfth of a year', [recurring({ annually: '1000' })], '83.33', '1000'],
  ['thirds that add up', Array(3).fill(recurring({ quarterly: '100' })), '100', '1200'],
  ['a rate', [recurring({ monthly: '99.99', exchangeRate: '1.085' })], '108.49', '1301.87'],
  ['half a cent down to even', [recurring({ monthly: '0.125' })], '0.12', '1.5'],
  ['half a cent up to even', [recurring({ monthly: '0.135' })], '0.14', '1.62'],
])('recurring revenue of %s', (_, sums, mrr, arr) => {
  expect(monthlyRecurring(sums).toFixed()).toBe(mrr);
  expect(annualRecurring(sums).toFixed()).toBe(arr);
});

const posted = (account: LedgerSum['account'], periodStart: string, amount: string) => ({
  account,
  periodStart,
  amount,
});
const ledger = (...sums: LedgerSum[]) => ({ cash: '0', sums });

test('gross margin covers the twelve full months before this one', () => {
  const figures = ledger(
    posted('income', '2025-02-01', '-5000'),
    posted('income', '2025-03-01', '-200'),
    posted('income', '2026-02-01', '-100'),
    posted('cogs', '2026-02-01', '100'),
    posted('income', '2026-03-01', '-9000'),
    posted('cogs', '2026-03-01', '1'),
  );
  expect(grossMargin(figures, today)?.toFixed()).toBe('66.67');
});

test('a company without income has no gross margin', () => {
  expect(grossMargin(ledger(posted('cogs', '2026-02-01', '10')), today)).toBeNull();
});

test.each([
  ['cash that goes down', ['-300', '-30', '-0.05'], '110.02'],
  ['cash that grows', ['300', '-30', '0'], '-90'],
])('burn rate of %s', (_, [december = '', january = '', february = ''], expected) => {
  const figures = ledger(
    posted('bank', '2025-11-01', '-7777'),
    posted('bank', '2025-12-01', december),
    posted('bank', '2026-01-01', january),
    posted('bank', '2026-02-01', february),
    posted('bank', '2026-03-01', '-8888'),
  );
  expect(burnRate(figures, today).toFixed()).toBe(expected);
});
