import { SuiteqlError } from './errors.ts';

export interface Token {
  kind: 'word' | 'quoted' | 'text' | 'number' | 'param' | 'mark';
  /** As written, without the quotes of a quoted identifier. */
  value: string;
  /** Upper case of a word, the value of a mark, empty otherwise: what the grammar looks at. */
  key: string;
}

const shapes: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['word', /[A-Za-z_][A-Za-z0-9_$#]*/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['text', /'(?:[^']|'')*'/y],
  ['quoted', /"[^"]+"/y],
  ['param', /\?/y],
  ['mark', /<>|!=|<=|>=|\|\||[(),.=<>+\-*/]/y],
];
const maxLength = 200_000;

/** Splits a query; comments, semicolons and anything else outside the language are refused here. */
export function tokenise(query: string): Token[] {
  if (query.length > maxLength) throw new SuiteqlError('The query is too long');
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const found = shapes.map(([kind, shape]) => ({ kind, value: match(shape, query, at) })).find(({ value }) => value);
    if (!found || query.startsWith('--', at) || query.startsWith('/*', at)) {
      throw new SuiteqlError(`Invalid or unsupported search near '${query.slice(at, at + 20)}'`);
    }
    at += found.value.length;
    if (found.kind !== 'space') tokens.push(toToken(found.kind, found.value));
  }
  return tokens;
}

function match(shape: RegExp, query: string, at: number): string {
  shape.lastIndex = at;
  return shape.exec(query)?.[0] ?? '';
}

function toToken(kind: Token['kind'], value: string): Token {
  if (kind === 'quoted') return { kind, value: value.slice(1, -1), key: '' };
  return { kind, value, key: kind === 'word' ? value.toUpperCase() : kind === 'mark' ? value : '' };
}
