/** How many rows a comparison of ROWNUM leaves. The first row is 1, so no row can be number 2 without it. */
export function mostRows(sign: string, number: number): number | null {
  if (!Number.isInteger(number)) return null;
  if (sign === '<=') return number;
  if (sign === '<') return Math.max(0, number - 1);
  return sign === '=' ? Number(number === 1) : null;
}
