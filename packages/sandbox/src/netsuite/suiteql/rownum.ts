import { mark, readClauses, word } from './levels.ts';
import { aggregates } from './names.ts';
import type { Token } from './tokens.ts';

/** How many rows a comparison of ROWNUM leaves. The first row is 1, so no row can be number 2 without it. */
export function mostRows(sign: string, number: number): number | null {
  if (!Number.isInteger(number)) return null;
  if (sign === '<=') return number;
  if (sign === '<') return Math.max(0, number - 1);
  return sign === '=' ? Number(number === 1) : null;
}

/**
 * ROWNUM counts rows as they are found, before they are sorted or grouped: `WHERE ROWNUM <= n` moves with its table
 * into a query of its own, whose rows the outer one sorts. A query over several tables is left as it is.
 */
export function countBeforeSorting(tokens: Token[]): Token[] {
  return tokens.reduceRight((whole, { key }, at) => (key === 'SELECT' ? rewrite(whole, at) : whole), tokens);
}

function rewrite(tokens: Token[], select: number): Token[] {
  const found = readClauses(tokens, select);
  if (!found) return tokens;
  const { level, from, where, end, goesOn } = found;
  const within = (low: number, high: number) =>
    level.filter((index) => index > low && index < high).map((index) => tokens[index] as Token);
  const source = within(from, where);
  const sorts = goesOn || tokens.slice(select, from).some(({ key }) => key === 'DISTINCT' || aggregates.has(key));
  const limited = within(where, end).some(({ key }) => key === 'ROWNUM');
  if (!sorts || !limited || source.some(({ key }) => key === ',' || key === 'JOIN')) return tokens;
  const name = source.findLast(({ kind }) => kind === 'word' || kind === 'quoted');
  return [
    ...tokens.slice(0, from + 1),
    ...[mark('('), word('SELECT'), mark('*'), word('FROM')],
    ...tokens.slice(from + 1, end),
    mark(')'),
    ...(name ? [name] : []),
    ...tokens.slice(end),
  ];
}
