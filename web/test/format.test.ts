import { sumDecimals } from '../src/lib/decimal.ts';
import { formatAge, formatDay, formatMoney, formatPercent, formatWords } from '../src/lib/format.ts';

describe('formatMoney', () => {
  test('prints every digit of an amount that no float can hold', () => {
    expect(formatMoney({ amount: '12345678901234567.89', currency: 'USD' }, 'en-US')).toBe(
      '$12,345,678,901,234,567.89',
    );
  });

  test('always names the currency and follows its own number of decimals', () => {
    expect(formatMoney({ amount: '1930.5', currency: 'EUR' }, 'en-US')).toBe('€1,930.50');
    expect(formatMoney({ amount: '1500', currency: 'JPY' }, 'en-US')).toBe('¥1,500');
    expect(formatMoney({ amount: '-0.10', currency: 'GBP' }, 'en-US')).toBe('-£0.10');
  });
});

test('a calendar day stays the same day in every time zone', () => {
  const zone = process.env.TZ;
  try {
    for (const name of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Pacific/Pago_Pago']) {
      process.env.TZ = name;
      expect(formatDay('2026-03-01', 'en-GB')).toBe('01 Mar 2026');
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('percent values are percent already', () => {
  expect(formatPercent(63.41, 'en-US')).toBe('63.41%');
  expect(formatPercent(0, 'en-US')).toBe('0%');
});

test.each([
  [-3, 'just now'],
  [0.9, 'just now'],
  [14, '14 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h'],
  [200_000, '2 d'],
])('an age of %s seconds reads %s', (seconds, words) => {
  expect(formatAge(seconds)).toBe(words);
});

test('names of the graph become words', () => {
  expect(formatWords('DUE_SOON')).toBe('Due soon');
});

describe('sumDecimals', () => {
  test('adds exactly where floats would not', () => {
    expect(sumDecimals(['0.10', '0.20'])).toBe('0.30');
    expect(sumDecimals(['90071992547409.93', '0.01', '1000'])).toBe('90071992548409.94');
  });

  test('handles signs, differing scales and nothing at all', () => {
    expect(sumDecimals(['-0.5', '0.25'])).toBe('-0.25');
    expect(sumDecimals(['-1.005', '1'])).toBe('-0.005');
    expect(sumDecimals(['7'])).toBe('7');
    expect(sumDecimals([])).toBe('0');
  });
});
