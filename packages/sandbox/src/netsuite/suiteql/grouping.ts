import { SuiteqlError } from './errors.ts';
import { aggregates, keywords, todayWords } from './names.ts';
import type { Token } from './tokens.ts';

const ends: Record<string, readonly string[]> = {
  SELECT: ['FROM'],
  GROUP: ['HAVING', 'ORDER'],
};

/**
 * Refuses a column that is neither grouped by nor aggregated, which SQLite would answer with any row's value.
 * Only the outermost query is judged; one that joins several by UNION is passed over.
 */
export function checkGrouping(tokens: Token[]): void {
  if (outermost(tokens).some(({ key }) => /^(UNION|INTERSECT|MINUS)$/.test(key))) return;
  const selected = splitItems(clause(tokens, 'SELECT'));
  const grouped = splitItems(clause(tokens, 'GROUP').filter(({ key }) => key !== 'BY'));
  if (grouped.length === 0 && !selected.some((item) => isAggregate(item) && !isOwn(item))) return;
  const names = new Set(grouped.flatMap(columnsOf));
  const texts = new Set(grouped.map(textOf));
  for (const item of selected) {
    if (isAggregate(item) || isOwn(item) || texts.has(textOf(item))) continue;
    const loose = columnsOf(item).some((name) => !names.has(name));
    if (loose || item.some(({ key }) => key === '*')) throw new SuiteqlError('Not a GROUP BY expression');
  }
}

function depths(tokens: Token[]): number[] {
  let depth = 0;
  return tokens.map(({ key }) => {
    if (key === ')') depth -= 1;
    const here = depth;
    if (key === '(') depth += 1;
    return here;
  });
}

const outermost = (tokens: Token[]) => {
  const levels = depths(tokens);
  return tokens.filter((_, index) => levels[index] === 0);
};

/** The tokens of one clause of the outermost query. */
function clause(tokens: Token[], start: 'SELECT' | 'GROUP'): Token[] {
  const levels = depths(tokens);
  const from = tokens.findIndex(({ key }, index) => levels[index] === 0 && key === start);
  if (from < 0) return [];
  const to = tokens.findIndex(({ key }, index) => index > from && levels[index] === 0 && ends[start]?.includes(key));
  return tokens.slice(from + 1, to < 0 ? undefined : to).filter(({ key }) => key !== 'DISTINCT');
}

function splitItems(tokens: Token[]): Token[][] {
  if (tokens.length === 0) return [];
  const levels = depths(tokens);
  const items: Token[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    if (token.key === ',' && levels[index] === 0) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

const isAggregate = (item: Token[]) =>
  item.some(({ key }, index) => aggregates.has(key) && item[index + 1]?.key === '(');
/** Window functions and whole queries answer for themselves. */
const isOwn = (item: Token[]) => item.some(({ key }) => key === 'OVER' || key === 'SELECT');

/** The columns an expression names, without qualifier and without its alias. */
function columnsOf(item: Token[]): string[] {
  return withoutAlias(item).flatMap((token, index, all) => {
    const isName = token.kind === 'quoted' || (token.kind === 'word' && !keywords.has(token.key));
    const after = all[index + 1]?.key;
    if (!isName || after === '(' || after === '.' || todayWords.has(token.key) || token.key === 'ROWNUM') return [];
    return [token.value.toLowerCase()];
  });
}

function withoutAlias(item: Token[]): Token[] {
  const as = item.findLastIndex(({ key }) => key === 'AS');
  if (as > 0) return item.slice(0, as);
  const [before, last] = item.slice(-2);
  const isAlias = item.length > 1 && (last?.kind === 'quoted' || (last?.kind === 'word' && !keywords.has(last.key)));
  const endsOperand = before && (before.kind !== 'mark' || before.key === ')') && !keywords.has(before.key);
  return isAlias && (endsOperand || before?.key === 'END') ? item.slice(0, -1) : item;
}

const textOf = (item: Token[]) =>
  withoutAlias(item)
    .map(({ value }) => value.toLowerCase())
    .join(' ');
