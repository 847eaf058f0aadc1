import Big from 'big.js';

/** Exact decimal arithmetic; nothing here passes through a binary fraction. */
export type Decimal = Big;

export interface Money {
  /** Exact decimal as text, at least two decimals. */
  amount: string;
  /** ISO 4217 code. */
  currency: string;
}

export type Numeric = string | number | bigint | Big;

/** A JSON number is taken as it was printed: its shortest decimal form is what stood on the wire. */
export function decimal(value: Numeric): Decimal {
  return new Big(typeof value === 'bigint' ? value.toString() : value);
}

export function sumDecimals(values: Iterable<Numeric>): Decimal {
  let sum = decimal(0);
  for (const value of values) sum = sum.plus(decimal(value));
  return sum;
}

/** Rounds half to even, as conversions and averages must; sums are never rounded. */
export function roundDecimal(value: Numeric, places = 2): Decimal {
  return decimal(value).round(places, Big.roundHalfEven);
}

export function printDecimal(value: Numeric): string {
  const exact = decimal(value);
  const text = exact.toFixed();
  const decimals = text.split('.')[1]?.length ?? 0;
  return decimals < 2 ? exact.toFixed(2) : text;
}

export function toMoney(value: Numeric, currency: string): Money {
  return { amount: printDecimal(value), currency };
}

/** For display fields only: exact up to 15 significant digits. */
export function toFloat(value: Numeric): number {
  return decimal(value).toNumber();
}
