const pattern = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Adds decimals written as text without losing a digit. */
export function sumDecimals(values: readonly string[]): string {
  const parts = values.map((value) => {
    const [, sign = '', whole = '0', fraction = ''] = pattern.exec(value) ?? [];
    return { sign, whole, fraction };
  });
  const scale = Math.max(0, ...parts.map(({ fraction }) => fraction.length));
  const total = parts.reduce(
    (sum, { sign, whole, fraction }) => sum + BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}`),
    0n,
  );
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return `${total < 0n ? '-' : ''}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ''}`;
}
