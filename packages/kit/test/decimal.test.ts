import fc from 'fast-check';
import { decimal, printDecimal, roundDecimal, sumDecimals, toFloat, toMoney } from '../src/decimal.ts';

const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const print = (amount: bigint) => {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

test('sums of amounts are exact', () => {
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 200 }), (amounts) => {
      const sum = amounts.reduce((total, amount) => total + amount, 0n);
      expect(printDecimal(sumDecimals(amounts.map(print)))).toBe(print(sum));
    }),
  );
});

test('an amount survives from text to money unchanged', () => {
  fc.assert(fc.property(cents, (amount) => expect(toMoney(print(amount), 'USD').amount).toBe(print(amount))));
});

test('a JSON number is taken as it was printed', () => {
  expect(printDecimal(0.1)).toBe('0.10');
  expect(printDecimal(sumDecimals([0.1, 0.2]))).toBe('0.30');
  expect(printDecimal(4100.5)).toBe('4100.50');
});

test.each([
  ['0.125', '0.12'],
  ['0.135', '0.14'],
  ['-0.125', '-0.12'],
  ['1.005', '1.00'],
])('%s rounds half to even: %s', (value, rounded) => {
  expect(printDecimal(roundDecimal(value))).toBe(rounded);
});

test('more decimals than two are kept, and display values are plain numbers', () => {
  expect(printDecimal('1.2345')).toBe('1.2345');
  expect(toFloat(decimal('1204330.07'))).toBe(1204330.07);
});
