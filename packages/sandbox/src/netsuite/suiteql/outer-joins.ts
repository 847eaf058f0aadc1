import { SuiteqlError } from './errors.ts';
import type { Clauses } from './levels.ts';
import { readClauses, word } from './levels.ts';
import type { Token } from './tokens.ts';

/** Turns Oracle's outer joins, `WHERE a.id = b.parent(+)`, into `LEFT JOIN b ON a.id = b.parent`. */
export function joinOuter(tokens: Token[]): Token[] {
  return tokens.reduceRight((whole, { key }, at) => (key === 'SELECT' ? rewrite(whole, at) : whole), tokens);
}

interface Source {
  name: string;
  tokens: Token[];
  /** What it is joined on; nothing for a table that is not marked. */
  on: Token[][];
}

function rewrite(tokens: Token[], select: number): Token[] {
  const clauses = readClauses(tokens, select);
  if (!clauses?.level.some((index) => index > clauses.where && index < clauses.end && isPlus(tokens, index)))
    return tokens;
  const { from, where, end } = clauses;
  if (clauses.level.some((index) => index > from && index < where && tokens[index]?.key === 'JOIN')) {
    throw new SuiteqlError('ANSI joins and (+) cannot be mixed');
  }
  const sources = split(tokens, clauses, from, where, ',').map((part): Source => {
    const name = part.findLast(({ kind }) => kind === 'word' || kind === 'quoted')?.value.toLowerCase() ?? '';
    return { name, tokens: part, on: [] };
  });
  const rest: Token[][] = [];
  for (const condition of split(tokens, clauses, where, end, 'AND')) {
    const marked = markedNames(condition);
    if (marked.size === 0) rest.push(condition);
    else optional(sources, marked).on.push(withoutPlus(condition));
  }
  return [
    ...tokens.slice(0, from + 1),
    ...joined(sources),
    ...(rest.length > 0 ? [word('WHERE'), ...between(rest, word('AND'))] : []),
    ...tokens.slice(end),
  ];
}

const isPlus = (tokens: Token[], at: number) =>
  tokens[at]?.key === '(' && tokens[at + 1]?.key === '+' && tokens[at + 2]?.key === ')';

/** The parts of a clause between separators of its own level; the AND of a BETWEEN separates nothing. */
function split(tokens: Token[], { level }: Clauses, start: number, end: number, separator: string): Token[][] {
  const parts: Token[][] = [[]];
  const own = new Set(level);
  let isBetween = false;
  for (let at = start + 1; at < end; at += 1) {
    const token = tokens[at] as Token;
    const isOwn = own.has(at);
    if (isOwn && separator === 'AND' && token.key === 'OR') throw new SuiteqlError('(+) cannot be used with OR');
    if (isOwn && token.key === separator && !isBetween) parts.push([]);
    else parts.at(-1)?.push(token);
    if (isOwn && (token.key === 'BETWEEN' || token.key === 'AND')) isBetween = token.key === 'BETWEEN';
  }
  return parts;
}

function markedNames(condition: Token[]): Set<string> {
  const at = condition.flatMap((_, index) => (isPlus(condition, index) ? [index] : []));
  return new Set(at.map((index) => condition[index - 3]?.value.toLowerCase() ?? ''));
}

const withoutPlus = (condition: Token[]) =>
  condition.filter((_, at) => ![at, at - 1, at - 2].some((start) => isPlus(condition, start)));

function optional(sources: Source[], marked: Set<string>): Source {
  const source = sources.find(({ name }) => marked.has(name));
  if (source && marked.size === 1) return source;
  throw new SuiteqlError('(+) marks columns of one table, with the name of the table before them');
}

/** Marked tables come after the ones that they are joined to. */
function joined(sources: Source[]): Token[] {
  const placed = sources.filter(({ on }) => on.length === 0);
  const out = between(
    placed.map(({ tokens }) => tokens),
    { kind: 'mark', value: ',', key: ',' },
  );
  let left = sources.filter(({ on }) => on.length > 0);
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const next = left.find(({ name, on }) =>
      on.flat().every(({ value }) => value.toLowerCase() === name || !waiting.has(value.toLowerCase())),
    );
    if (!next || placed.length === 0) throw new SuiteqlError('Two tables cannot be outer-joined to each other');
    out.push(word('LEFT'), word('JOIN'), ...next.tokens, word('ON'), ...between(next.on, word('AND')));
    left = left.filter((source) => source !== next);
  }
  return out;
}

const between = (parts: Token[][], separator: Token): Token[] =>
  parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
