import { malformedQuery, SalesforceError } from '../errors.ts';
import type { Calendar } from './calendar.ts';
import { readConditions } from './conditions.ts';
import type { FilterContext } from './filter.ts';
import { compileFilter } from './filter.ts';
import { compileCall } from './functions.ts';
import type { Scope } from './scope.ts';
import { requireObject } from './scope.ts';

export interface Compiling {
  soql: string;
  calendar: Calendar;
  /** Deleted records count as well. */
  all: boolean;
}

/** What a filter of a select asks of its surroundings. */
export function createFilterContext(scope: Scope, compiling: Compiling): FilterContext {
  return {
    calendar: compiling.calendar,
    operand({ field, fn }) {
      if (fn) return compileCall(fn, scope);
      const resolved = scope.resolve(field ?? '');
      return { name: resolved.field.name, kind: resolved.field.kind, sql: resolved.sql };
    },
    subselect(query) {
      const inner = scope.nested(requireObject(query.sObject ?? '', compiling.soql));
      const [only, ...others] = query.fields ?? [];
      if (only?.type !== 'Field' || others.length > 0) throw malformedQuery("unexpected token: ','");
      const { sql, field } = inner.resolve(only.field);
      if (field.kind !== 'id') throw new SalesforceError(400, 'INVALID_FIELD', `invalid ID field: ${field.name}`);
      const where = query.where && compileFilter(readConditions(query.where), createFilterContext(inner, compiling));
      const text = `SELECT ${sql} FROM ${inner.from()} WHERE ${sql} IS NOT NULL${where ? ` AND ${where.text}` : ''}`;
      return { text, values: where?.values ?? [] };
    },
  };
}
