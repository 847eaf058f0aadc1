import { arrange } from '../src/features/deals/arrange.ts';
import type { DealRow } from '../src/features/deals/deal-row.ts';
import { toDealRow } from '../src/features/deals/deal-row.ts';
import { selectedRow } from '../src/features/deals/selected-row.ts';
import type { SortKey } from '../src/lib/view-state.ts';

const row = (patch: Partial<DealRow>): DealRow => ({
  id: '006A',
  accountId: '001A',
  account: 'Acme',
  deal: 'Renewal',
  stage: 'Prospecting',
  amount: { amount: '10.00', currency: 'USD' },
  probability: 10,
  close: '2026-12-01',
  payment: 'PAID',
  invoices: { count: 0, remaining: [], newest: null, cut: false },
  touch: null,
  unlinked: false,
  ambiguous: false,
  ...patch,
});

const ids = (rows: DealRow[]) => rows.map(({ id }) => id);

describe('arrange', () => {
  const rows = [
    row({ id: 'a', account: 'Acme 10', amount: { amount: '9.50', currency: 'USD' }, payment: 'PAID' }),
    row({ id: 'b', account: 'acme 9', amount: null, payment: 'OVERDUE' }),
    row({
      id: 'c',
      account: 'Zubr',
      amount: { amount: '100.00', currency: 'USD' },
      payment: 'DUE_SOON',
      close: '2026-11-30',
    }),
  ];
  const by = (key: SortKey, descending = false) => ids(arrange(rows, '', { key, descending }));

  test('keeps the order of the graph without a sort', () => {
    expect(ids(arrange(rows, '', null))).toEqual(['a', 'b', 'c']);
  });

  test('sorts amounts by value and puts rows without one last in either direction', () => {
    expect(by('amount')).toEqual(['a', 'c', 'b']);
    expect(by('amount', true)).toEqual(['c', 'a', 'b']);
  });

  test('sorts names as people do', () => {
    expect(by('account')).toEqual(['b', 'a', 'c']);
  });

  test('sorts payment from worst to best', () => {
    expect(by('payment')).toEqual(['b', 'c', 'a']);
  });

  test('finds rows that hold every word of the filter', () => {
    expect(ids(arrange(rows, 'ACME overdue', null))).toEqual(['b']);
    expect(ids(arrange(rows, 'due soon', null))).toEqual(['c']);
    expect(arrange(rows, 'nothing like this', null)).toEqual([]);
  });

  test('does not touch the rows it was given', () => {
    arrange(rows, '', { key: 'amount', descending: true });
    expect(ids(rows)).toEqual(['a', 'b', 'c']);
  });
});

describe('toDealRow', () => {
  const invoice = (status: 'OPEN' | 'PAID_IN_FULL', amount: string, currency = 'USD') => ({
    invoiceId: amount,
    invoiceNumber: `INV${amount}`,
    status,
    amountRemaining: { amount, currency },
  });
  const deal = {
    opportunityId: '006A',
    accountId: '001A',
    accountName: 'Acme',
    name: 'Renewal',
    stage: 'Prospecting',
    value: null,
    probability: 10,
    closeDate: '2026-12-01',
    account: { accountId: '001A', erpLink: { status: 'LINKED' as const } },
    paymentStatus: null,
    invoices: null,
    lastMarketingTouch: null,
    crmFreshness: null,
    erpFreshness: null,
    marketingFreshness: null,
  };

  test('adds open invoices by currency and never across currencies', () => {
    const invoices = [
      invoice('PAID_IN_FULL', '0.00'),
      invoice('OPEN', '0.10'),
      invoice('OPEN', '0.20'),
      invoice('OPEN', '5.00', 'EUR'),
    ];
    expect(toDealRow({ ...deal, invoices }).invoices).toEqual({
      count: 3,
      remaining: [
        { currency: 'USD', amount: '0.30' },
        { currency: 'EUR', amount: '5.00' },
      ],
      newest: { number: 'INV0.00', status: 'PAID_IN_FULL' },
      cut: false,
    });
  });

  test('keeps "no invoices" apart from "invoices not known"', () => {
    expect(toDealRow({ ...deal, invoices: [] }).invoices?.count).toBe(0);
    expect(toDealRow(deal).invoices).toBeNull();
  });

  test('tells a missing link from an ambiguous one', () => {
    const linked = (status: 'LINKED' | 'NOT_FOUND' | 'AMBIGUOUS') => {
      const { unlinked, ambiguous } = toDealRow({ ...deal, account: { accountId: '001A', erpLink: { status } } });
      return [unlinked, ambiguous];
    };
    expect(linked('LINKED')).toEqual([false, false]);
    expect(linked('NOT_FOUND')).toEqual([true, false]);
    expect(linked('AMBIGUOUS')).toEqual([false, true]);
  });
});

describe('selectedRow', () => {
  const rows = [row({ id: 'x', accountId: '001B' }), row({ id: 'y' }), row({ id: 'z' })];

  test('is the row that was opened, or the first of the customer', () => {
    expect(selectedRow(rows, '001A', 'z')).toBe('z');
    expect(selectedRow(rows, '001A', null)).toBe('y');
    expect(selectedRow(rows, '001A', 'gone')).toBe('y');
    expect(selectedRow(rows, null, null)).toBeNull();
  });
});
