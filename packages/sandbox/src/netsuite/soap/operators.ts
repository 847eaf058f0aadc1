import { readDay, readInstant } from './dates.ts';

export interface Condition {
  sql: string;
  values: (string | number)[];
}

export type Compare = (column: string, values: (string | number)[]) => Condition;

const sign =
  (operator: string): Compare =>
  (column, values) => ({ sql: `${column} ${operator} ?`, values: values.slice(0, 1) });
export const between: Compare = (column, values) => ({ sql: `${column} BETWEEN ? AND ?`, values: values.slice(0, 2) });
const like =
  (before: string, after: string): Compare =>
  (column, [value = '']) => ({
    sql: `${column} LIKE ? ESCAPE '\\'`,
    values: [before + String(value).replace(/[\\%_]/g, '\\$&') + after],
  });
const empty: Compare = (column) => ({ sql: `${column} IS NULL`, values: [] });
/** What is empty is not like anything: a negated comparison finds it too. */
export const not =
  (compare: Compare): Compare =>
  (column, values) => {
    const made = compare(column, values);
    return { ...made, sql: `NOT COALESCE(${made.sql}, 0)` };
  };
/** Every word of the value is somewhere in the text. */
const keywords: Compare = (column, [value = '']) => {
  const words = String(value).split(/\s+/).filter(Boolean);
  const all = words.map((word) => like('%', '%')(column, [word]));
  return { sql: all.map(({ sql }) => sql).join(' AND ') || '1 = 1', values: all.flatMap(({ values }) => values) };
};

export const strings: Record<string, Compare> = {
  is: (column, values) => ({ sql: `${column} = ? COLLATE NOCASE`, values: values.slice(0, 1) }),
  contains: like('%', '%'),
  hasKeywords: keywords,
  startsWith: like('', '%'),
  empty,
};
export const numbers: Record<string, Compare> = {
  equalTo: sign('='),
  greaterThan: sign('>'),
  greaterThanOrEqualTo: sign('>='),
  lessThan: sign('<'),
  lessThanOrEqualTo: sign('<='),
  between,
  empty,
};
export const dates: Record<string, Compare> = {
  on: sign('='),
  after: sign('>'),
  before: sign('<'),
  onOrAfter: sign('>='),
  onOrBefore: sign('<='),
  within: between,
  empty,
};
/** An instant is on a day when it is between its two midnights, in the account's zone. */
export const wholeDays: Record<string, Compare> = {
  on: (column, [value = '']) => {
    const day = readDay(String(value));
    return between(column, [readInstant(`${day}T00:00:00.000`) ?? '', readInstant(`${day}T23:59:59.999`) ?? '']);
  },
};
export const negatives: Record<string, string> = {
  isNot: 'is',
  doesNotContain: 'contains',
  doesNotStartWith: 'startsWith',
};
