import type { GroupByClause } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../errors.ts';
import { asList } from './clauses.ts';
import type { Sql } from './filter.ts';
import type { Call } from './functions.ts';
import { compileCall } from './functions.ts';
import type { Scope } from './scope.ts';
import type { Bound } from './values.ts';

/** How the rows of an aggregate query are put together. */
export interface Grouping {
  expressions: string[];
  /** For each level of totals which expressions it keeps; one level with all of them unless ROLLUP or CUBE adds more. */
  levels: boolean[][];
  hasTotals: boolean;
}

const maxFields = 3;

/** Reads GROUP BY; `ROLLUP(a, b)` adds totals from right to left, `CUBE(a, b)` those of every combination. */
export function compileGrouping(clause: GroupByClause | GroupByClause[] | undefined, scope: Scope): Grouping {
  const clauses = asList(clause);
  const totals = clauses.flatMap((group) => ('fn' in group && isTotal(group.fn.functionName) ? [group.fn] : []));
  const [only] = totals;
  if (!only) {
    const expressions = clauses.map((group) =>
      'fn' in group ? compileCall(group.fn, scope).sql : scope.resolve(group.field).sql,
    );
    return { expressions, levels: [expressions.map(() => true)], hasTotals: false };
  }
  if (clauses.length > 1) throw malformedQuery("unexpected token: ','");
  const fields = only.parameters ?? [];
  if (fields.length > maxFields) throw malformedQuery(`${only.functionName} can have up to ${maxFields} fields`);
  const expressions = fields.map((field) => scope.resolve(String(field)).sql);
  const isCube = only.functionName?.toUpperCase() === 'CUBE';
  return { expressions, levels: isCube ? combinations(fields.length) : prefixes(fields.length), hasTotals: true };
}

export const isGrouping = (call: Call) => /^GROUPING$/i.test(call.functionName ?? '');

const isTotal = (name = '') => /^(ROLLUP|CUBE)$/i.test(name);

/** All kept, then one less from the right each time. */
const prefixes = (count: number) =>
  Array.from({ length: count + 1 }, (_, dropped) =>
    Array.from({ length: count }, (_each, index) => index < count - dropped),
  );

const combinations = (count: number) =>
  Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_each, index) => (bits & (1 << index)) === 0),
  );

const marker = (index: number) => `GROUPING#${index}`;

/** `GROUPING(field)`: 1 in the rows that are totals over the field. */
export function compileGroupingCall(field: unknown, grouping: Grouping, scope: Scope): string {
  const index = typeof field === 'string' ? grouping.expressions.indexOf(scope.resolve(field).sql) : -1;
  if (!grouping.hasTotals || index < 0) {
    throw malformedQuery(`GROUPING can only be used with a field of GROUP BY ROLLUP or CUBE: ${String(field)}`);
  }
  return marker(index);
}

/** A column as one level of totals shows it. */
function columnAt(column: string, { expressions }: Grouping, kept: boolean[]): string {
  const marked = /^GROUPING#(\d+)$/.exec(column);
  if (marked) return kept[Number(marked[1])] ? '0' : '1';
  const index = expressions.indexOf(column);
  return index >= 0 && !kept[index] ? 'NULL' : column;
}

interface Rest {
  from: string;
  where: string;
  having: string;
  /** Of WHERE and HAVING. */
  values: Bound[];
}

/** The rows of a select, unsorted; with totals they are the rows of one select for each level. */
export function compileRows(columns: string[], grouping: Grouping, { from, where, having, values }: Rest): Sql {
  const selects = grouping.levels.map((kept) => {
    const groups = grouping.expressions.filter((_, index) => kept[index]);
    // No total over no rows at all.
    const condition = having || (grouping.hasTotals && groups.length === 0 ? 'COUNT(*) > 0' : '');
    const text = [
      `SELECT ${columns.map((column, index) => `${columnAt(column, grouping, kept)}${grouping.hasTotals ? ` AS c${index}` : ''}`).join(', ')} FROM ${from}`,
      where && `WHERE ${where}`,
      groups.length > 0 && `GROUP BY ${groups.join(', ')}`,
      condition && `HAVING ${condition}`,
    ];
    return text.filter(Boolean).join(' ');
  });
  const text = grouping.hasTotals ? `SELECT * FROM (${selects.join(' UNION ALL ')})` : (selects[0] ?? '');
  return { text, values: selects.flatMap(() => values) };
}
