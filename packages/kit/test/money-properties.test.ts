import fc from 'fast-check';
import { decimal, printDecimal, roundDecimal, sumDecimals, toFloat } from '../src/decimal.ts';

/** Each promise about money is tried on so many amounts. */
const runs = { numRuns: 10_000, seed: Number(process.env.FC_SEED ?? 20_261_123) };

const whole = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const places = fc.integer({ min: 0, max: 8 });

/** `units` of the last of so many decimal places, as text. */
function write(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return units < 0n ? `-${text}` : text;
}

/** Half to even, in whole numbers. */
function divideHalfEven(units: bigint, by: bigint): bigint {
  const negative = units < 0n;
  const value = negative ? -units : units;
  const [down, rest] = [value / by, value % by];
  const up = rest * 2n > by || (rest * 2n === by && down % 2n === 1n);
  const rounded = up ? down + 1n : down;
  return negative ? -rounded : rounded;
}

test('what is read is what was written', () => {
  fc.assert(
    fc.property(whole, places, (units, decimals) => {
      const read = decimal(write(units, decimals));
      expect(BigInt(read.times(decimal(10n ** BigInt(decimals))).toFixed())).toBe(units);
    }),
    runs,
  );
});

test('what is printed is read again as the same amount, with at least two decimals', () => {
  fc.assert(
    fc.property(whole, places, (units, decimals) => {
      const printed = printDecimal(write(units, decimals));
      expect(printed).toMatch(/^-?\d+\.\d{2,}$/);
      expect(decimal(printed).eq(decimal(write(units, decimals)))).toBe(true);
    }),
    runs,
  );
});

test('sums do not depend on order or grouping, and are those of whole numbers', () => {
  fc.assert(
    fc.property(fc.array(whole, { maxLength: 20 }), fc.integer({ min: 0, max: 20 }), (amounts, cut) => {
      const texts = amounts.map((units) => write(units, 2));
      const parts = sumDecimals([sumDecimals(texts.slice(cut)), sumDecimals(texts.slice(0, cut).reverse())]);
      const total = amounts.reduce((sum, units) => sum + units, 0n);
      expect(parts.eq(decimal(write(total, 2)))).toBe(true);
    }),
    runs,
  );
});

test('a conversion is rounded once, half to even', () => {
  fc.assert(
    fc.property(whole, fc.bigInt({ min: 1n, max: 10n ** 12n }), (cents, rate) => {
      const converted = roundDecimal(decimal(write(cents, 2)).times(decimal(write(rate, 8))));
      expect(converted.toFixed(2).replace(/^-(0\.00)$/, '$1')).toBe(write(divideHalfEven(cents * rate, 10n ** 8n), 2));
    }),
    runs,
  );
});

test('a display value up to 15 digits prints as the amount it stands for', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), (cents) => {
      expect(printDecimal(toFloat(write(cents, 2)))).toBe(write(cents, 2));
    }),
    runs,
  );
});
