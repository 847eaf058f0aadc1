/** An exact decimal: `units` divided by ten to the power of `scale`. */
export interface Sum {
  count: number;
  units: bigint;
  scale: number;
}

/** The shortest decimal text of a double, at most 15 digits, never in exponent form. */
export function plain(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return (
    sign + (point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`)
  );
}

export const emptySum: Sum = { count: 0, units: 0n, scale: 0 };

export function addTo(sum: Sum, value: number | string | bigint | null, sign: 1n | -1n = 1n): Sum {
  if (value === null) return sum;
  const text = typeof value === 'number' ? plain(value) : String(value);
  const [, minus = '', whole = '0', fraction = ''] = /^\s*(-?)(\d+)(?:\.(\d*))?\s*$/.exec(text) ?? [];
  const scale = Math.max(sum.scale, fraction.length);
  const units = sign * BigInt(`${minus}${whole}${fraction}`);
  return {
    count: sum.count + Number(sign),
    units: sum.units * 10n ** BigInt(scale - sum.scale) + units * 10n ** BigInt(scale - fraction.length),
    scale,
  };
}

/** A number where a double prints all digits, text where it would lose some. */
export function readSum({ count, units, scale }: Sum): number | string | null {
  if (count === 0) return null;
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const text = `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  return plain(Number(text)) === text ? Number(text) : text;
}
