import type { Token } from './tokens.ts';

const followers = new Set(['GROUP', 'HAVING', 'ORDER', 'UNION', 'INTERSECT', 'MINUS']);

export const mark = (key: string): Token => ({ kind: 'mark', value: key, key });
export const word = (key: string): Token => ({ kind: 'word', value: key, key });

/** Where the clauses of one query begin, and where its WHERE ends. */
export interface Clauses {
  /** The places of the query's own tokens, what stands in parentheses left out. */
  level: number[];
  from: number;
  where: number;
  end: number;
  /** Whether another clause follows its WHERE. */
  goesOn: boolean;
}

/** The clauses of the query that begins at `select`; null for one without a WHERE. */
export function readClauses(tokens: Token[], select: number): Clauses | null {
  const level = sameLevel(tokens, select);
  const place = (after: number, isIt: (key: string) => boolean) =>
    level.find((index) => index > after && isIt(tokens[index]?.key ?? '')) ?? -1;
  const from = place(select, (key) => key === 'FROM');
  const where = from < 0 ? -1 : place(from, (key) => key === 'WHERE');
  if (where < 0) return null;
  const follower = place(where, (key) => followers.has(key));
  return { level, from, where, end: follower < 0 ? (level.at(-1) ?? where) + 1 : follower, goesOn: follower >= 0 };
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
