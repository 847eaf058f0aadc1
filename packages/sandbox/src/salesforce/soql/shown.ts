import type { FieldFunctionExpression } from '@jetstreamapp/soql-parser-js';
import type { Kind } from '../schema/fields.ts';
import type { ValueItem } from './compile.ts';
import { compileCall, isAggregate, isShowing } from './functions.ts';
import type { Scope } from './scope.ts';

/** A field in `toLabel()`, `convertCurrency()` or `FORMAT()`, printed in the field's own place unless it has an alias. */
export function compileShown(
  item: FieldFunctionExpression,
  scope: Scope,
  column: (sql: string) => number,
): ValueItem | undefined {
  if (!isShowing(item)) return undefined;
  const formatted = item.functionName.toUpperCase() === 'FORMAT';
  const [parameter] = item.parameters;
  if (typeof parameter === 'object') {
    if (isAggregate(parameter)) {
      const { kind, sql } = compileCall(parameter, scope);
      return { name: item.alias ?? 'expr0', kind, column: column(sql), parents: [], formatted };
    }
    const inner = compileShown(parameter, scope, column);
    return inner && { ...inner, name: item.alias ?? inner.name, formatted };
  }
  const { field, sql, path } = scope.resolve(String(parameter));
  const parents = item.alias ? [] : path.map(({ name, idSql }) => ({ name, idColumn: column(idSql) }));
  return { name: item.alias ?? field.name, kind: field.kind, column: column(sql), parents, formatted };
}

const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const number = new Intl.NumberFormat('en-US');
const date = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' });

/** A stored value as a user reads it. */
export type Show = (value: unknown, kind: Kind) => unknown;

/** Values for a user in the United States whose clocks are those of a time zone. */
export function createShow(timeZone: string): Show {
  const dateTime = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (value, kind) => {
    if (value === null || value === undefined) return null;
    switch (kind) {
      case 'currency':
        return money.format((value as number) / 100);
      case 'percent':
        return `${number.format(value as number)}%`;
      case 'int':
        return number.format(value as number);
      case 'date':
        return date.format(new Date(value as string));
      case 'datetime':
        return dateTime.format(new Date(value as string));
      case 'boolean':
        return value === 1 ? 'true' : 'false';
      default:
        return value;
    }
  };
}
