import type { FieldType, QueryBase } from '@jetstreamapp/soql-parser-js';
import { malformedQuery, SalesforceError } from '../errors.ts';
import type { Operand, Sql } from './filter.ts';
import type { Call } from './functions.ts';
import type { Scope } from './scope.ts';

/** One thing to sort by: an expression, and how SQL goes on after it. */
export interface Order {
  sql: string;
  direction: string;
}

export function orderBy(query: QueryBase, scope: Scope, call: (fn: Call) => Operand): Order[] {
  return asList(query.orderBy).map((clause) => {
    const operand = 'fn' in clause ? call(clause.fn) : undefined;
    const resolved = 'field' in clause ? scope.resolve(clause.field) : undefined;
    const kind = operand?.kind ?? resolved?.field.kind;
    const collation = kind === 'string' ? ' COLLATE NOCASE' : '';
    return {
      sql: operand?.sql ?? resolved?.sql ?? '',
      direction: `${collation} ${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}`,
    };
  });
}

export function limit({ limit: rows, offset = 0 }: QueryBase): Sql {
  if (offset > 2000) {
    throw new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  }
  return rows === undefined && offset === 0
    ? { text: '', values: [] }
    : { text: 'LIMIT ? OFFSET ?', values: [rows ?? -1, offset] };
}

/** Replaces `FIELDS(ALL)` and `FIELDS(STANDARD)` by the fields of the object. */
export function expand(items: FieldType[], query: QueryBase, scope: Scope): FieldType[] {
  return items.flatMap((item): FieldType[] => {
    if (item.type !== 'FieldFunctionExpression' || item.functionName.toUpperCase() !== 'FIELDS') return [item];
    const which = String(item.parameters[0]).toUpperCase();
    if (which !== 'STANDARD' && !(query.limit !== undefined && query.limit <= 200)) {
      throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
    }
    return [...scope.object.fields.values()]
      .filter(({ name }) => which === 'ALL' || name.endsWith('__c') === (which === 'CUSTOM'))
      .map(({ name }) => ({ type: 'Field', field: name }));
  });
}

export const isBareCount = (item: FieldType) =>
  item.type === 'FieldFunctionExpression' &&
  item.functionName.toUpperCase() === 'COUNT' &&
  item.parameters.length === 0;

export function asList<Item>(items: Item | Item[] | undefined): Item[] {
  if (items === undefined) return [];
  return Array.isArray(items) ? items : [items];
}
