import type { Answer } from '@customer360/testing/ask';
import { judge } from '../src/faults/judge.ts';
import { operations } from '../src/faults/operations.ts';
import { judgeSoak } from '../src/faults/soak.ts';

/** A judge that lets everything pass proves nothing: each fault that is planted here has to be seen. */
const asOf = new Date().toISOString();
const fresh = (source: string) => ({ source, origin: 'LIVE', asOf, ageSeconds: 0, stale: false, warning: null });
const stale = (source: string) => ({
  source,
  origin: 'STALE_CACHE',
  asOf: '2020-01-01T00:00:00.000Z',
  ageSeconds: 900,
  stale: true,
  warning: 'It is old.',
});
const intact: Answer = {
  status: 200,
  data: {
    customer: {
      accountId: '001',
      name: 'Acme',
      crmFreshness: fresh('SALESFORCE'),
      openBalance: 12.5,
      invoices: [{ invoiceNumber: 'INV1', amount: 5 }],
      erpFreshness: fresh('NETSUITE'),
      engagementScore: 40,
      marketingFreshness: fresh('MARKETO'),
    },
  },
  errors: [],
  extensions: undefined,
};
const error = (field: string, source = 'NETSUITE', code = 'UPSTREAM_TIMEOUT') => ({
  message: 'NetSuite did not answer in time.',
  path: ['customer', field],
  extensions: { code, source },
});
const withoutErp = { openBalance: null, invoices: null, erpFreshness: null };

const judged = (customer: object | null, errors: Answer['errors'] = [], status = 200) =>
  judge({
    operation: operations.rail,
    intact,
    answer: { ...intact, status, errors, data: { customer: customer && { ...intact.data.customer, ...customer } } },
    affected: 'netsuite',
    askedAt: Date.parse(asOf),
    ages: { liveMs: 500, cachedMs: 1, snapshotMs: 1000 },
  });

test.each<[string, ReturnType<typeof judged>]>([
  ['everything live', judged({})],
  ['old and marked', judged({ erpFreshness: stale('NETSUITE') })],
  ['missing, each with its error', judged(withoutErp, [error('openBalance'), error('invoices')])],
])('%s is as it must be', (_, { problems }) => expect(problems).toEqual([]));

test.each<[string, string, ReturnType<typeof judged>]>([
  ['another status', 'status 500', judged({}, [], 500)],
  ['a value that is not the same', 'wrong value at customer.openBalance', judged({ openBalance: 12.51 })],
  ['a list that is shorter', 'wrong value at customer.invoices', judged({ invoices: [] })],
  [
    'a value inside a list',
    'wrong value at customer.invoices.amount',
    judged({ invoices: [{ invoiceNumber: 'INV1', amount: 6 }] }),
  ],
  ['a field of another system lost', 'lost customer.name', judged({ name: null }, [error('name')])],
  ['all of the profile lost', 'lost customer', judged(null, [error('customer')])],
  ['a loss without an error', 'no error for customer.invoices', judged(withoutErp, [error('openBalance')])],
  [
    'two errors for one loss',
    'two errors for customer.invoices',
    judged(withoutErp, [error('openBalance'), error('invoices'), error('invoices')]),
  ],
  ['an error for what is there', 'customer.openBalance is there and has an error', judged({}, [error('openBalance')])],
  [
    'an error that blames another system',
    'customer.openBalance blames MARKETO',
    judged(withoutErp, [error('openBalance', 'MARKETO'), error('invoices')]),
  ],
  [
    'an error of ours',
    'customer.openBalance fails with INTERNAL_SERVER_ERROR',
    judged(withoutErp, [error('openBalance', 'NETSUITE', 'INTERNAL_SERVER_ERROR'), error('invoices')]),
  ],
  [
    'old data that passes for fresh',
    'and not marked',
    judged({ erpFreshness: { ...stale('NETSUITE'), origin: 'CACHE', stale: false, warning: null } }),
  ],
  [
    'old data without a warning',
    'old without a warning',
    judged({ erpFreshness: { ...stale('NETSUITE'), warning: null } }),
  ],
  ['data that does not tell its age', 'does not say how fresh it is', judged({ erpFreshness: null })],
])('%s is seen', (_, problem, verdict) => {
  expect(verdict.problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
});

test('what is old or missing is not whole', () => {
  expect(judged({}).whole).toBe(true);
  expect(judged({ erpFreshness: stale('NETSUITE') }).whole).toBe(false);
  expect(judged(withoutErp, [error('openBalance'), error('invoices')]).whole).toBe(false);
});

describe('a long run', () => {
  const well = {
    requests: 1000,
    memory: { settled: 100, end: 101, slope: 0.2 },
    resources: { settled: 90, end: 92 },
    stall: { p99: 12, max: 60 },
  };

  test('that stays level passes', () => expect(judgeSoak(well)).toEqual([]));

  test.each([
    ['memory grows', { memory: { settled: 100, end: 180, slope: 8 } }],
    ['handles and timers', { resources: { settled: 90, end: 400 } }],
    ['(p99), not 50', { stall: { p99: 80, max: 90 } }],
    ['at most, not 200', { stall: { p99: 12, max: 900 } }],
    ['nothing was asked', { requests: 0 }],
  ])('in which %s does not', (problem, figures) => {
    expect(judgeSoak({ ...well, ...figures })).toEqual([expect.stringContaining(problem)]);
  });
});
