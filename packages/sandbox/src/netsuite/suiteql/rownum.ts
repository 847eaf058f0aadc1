import { aggregates } from './names.ts';
import type { Token } from './tokens.ts';

/** How many rows a comparison of ROWNUM leaves. The first row is 1, so no row can be number 2 without it. */
export function mostRows(sign: string, number: number): number | null {
  if (!Number.isInteger(number)) return null;
  if (sign === '<=') return number;
  if (sign === '<') return Math.max(0, number - 1);
  return sign === '=' ? Number(number === 1) : null;
}

const sorters = new Set(['GROUP', 'HAVING', 'ORDER', 'UNION', 'INTERSECT', 'MINUS']);
const mark = (key: string): Token => ({ kind: 'mark', value: key, key });
const word = (key: string): Token => ({ kind: 'word', value: key, key });

/**
 * ROWNUM counts rows as they are found, before they are sorted or grouped: `WHERE ROWNUM <= n` moves with its table
 * into a query of its own, whose rows the outer one sorts. A query over several tables is left as it is.
 */
export function countBeforeSorting(tokens: Token[]): Token[] {
  return tokens.reduceRight((whole, { key }, at) => (key === 'SELECT' ? rewrite(whole, at) : whole), tokens);
}

function rewrite(tokens: Token[], select: number): Token[] {
  const level = sameLevel(tokens, select);
  const place = (found: (token: Token) => boolean, after: number) =>
    level.find((index) => index > after && found(tokens[index] as Token)) ?? -1;
  const from = place(({ key }) => key === 'FROM', select);
  const where = from < 0 ? -1 : place(({ key }) => key === 'WHERE', from);
  if (where < 0) return tokens;
  const found = place(({ key }) => sorters.has(key), where);
  const end = found < 0 ? (level.at(-1) ?? where) + 1 : found;
  const within = (low: number, high: number) =>
    level.filter((index) => index > low && index < high).map((index) => tokens[index] as Token);
  const source = within(from, where);
  const sorts = found >= 0 || tokens.slice(select, from).some(({ key }) => key === 'DISTINCT' || aggregates.has(key));
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

/** The places of the tokens that belong to the query itself, what stands in parentheses left out. */
function sameLevel(tokens: Token[], start: number): number[] {
  const places: number[] = [];
  let depth = 0;
  for (let at = start; at < tokens.length && depth >= 0; at += 1) {
    const { key } = tokens[at] as Token;
    if (key === ')') depth -= 1;
    if (depth === 0) places.push(at);
    if (key === '(') depth += 1;
  }
  return places;
}
