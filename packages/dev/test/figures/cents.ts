/** An amount as the vendor printed it, in whole cents; more than two decimals are a mistake. */
export function cents(amount: unknown): bigint {
  return scaled(amount, 2);
}

/** An exchange rate in millionths. */
export function millionths(rate: unknown): bigint {
  return scaled(rate, 6);
}

function scaled(value: unknown, digits: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  if (!match) throw new Error(`not a decimal: ${String(value)}`);
  const [, sign = '', whole = '', rest = ''] = match;
  const fraction = rest.replace(/0+$/, '');
  if (fraction.length > digits) throw new Error(`more than ${digits} decimals: ${String(value)}`);
  const units = BigInt(whole + fraction.padEnd(digits, '0'));
  return sign ? -units : units;
}

/** Cents as the gateway prints an exact amount. */
export function printed(value: bigint): string {
  const text = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
