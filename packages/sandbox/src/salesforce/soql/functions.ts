import { fiscalSql } from '../../world/fiscal.ts';
import { malformedQuery } from '../errors.ts';
import type { Operand } from './filter.ts';
import type { Scope } from './scope.ts';

/** A function call as the parser hands it over. */
export interface Call {
  functionName?: string;
  parameters?: unknown[];
}

const dateParts: Record<string, string> = {
  CALENDAR_YEAR: "CAST(strftime('%Y', #) AS INTEGER)",
  CALENDAR_MONTH: "CAST(strftime('%m', #) AS INTEGER)",
  CALENDAR_QUARTER: "(CAST(strftime('%m', #) AS INTEGER) + 2) / 3",
  FISCAL_YEAR: fiscalSql.year('#'),
  FISCAL_MONTH: fiscalSql.month('#'),
  FISCAL_QUARTER: fiscalSql.quarter('#'),
  DAY_IN_MONTH: "CAST(strftime('%d', #) AS INTEGER)",
  WEEK_IN_MONTH: "(CAST(strftime('%d', #) AS INTEGER) + 6) / 7",
  WEEK_IN_YEAR: "(CAST(strftime('%j', #) AS INTEGER) + 6) / 7",
  DAY_IN_WEEK: "CAST(strftime('%w', #) AS INTEGER) + 1",
  DAY_IN_YEAR: "CAST(strftime('%j', #) AS INTEGER)",
  HOUR_IN_DAY: "CAST(strftime('%H', #) AS INTEGER)",
};

const numeric = new Set(['int', 'currency', 'percent']);

export const isAggregate = (call: Call) => /^(COUNT|COUNT_DISTINCT|SUM|AVG|MIN|MAX)$/i.test(call.functionName ?? '');

/** Whether a function changes only how a field is shown. */
export const isShowing = (call: Call) => /^(TOLABEL|CONVERTCURRENCY|FORMAT)$/i.test(call.functionName ?? '');

/** The field of `convertTimezone(field)`, which is shown by the user's clocks instead of those of UTC. */
function localParameter(parameter: unknown): string | undefined {
  if (typeof parameter !== 'object' || parameter === null) return undefined;
  const { functionName = '', parameters = [] } = parameter as Call;
  const [field] = parameters;
  return functionName.toUpperCase() === 'CONVERTTIMEZONE' && typeof field === 'string' ? field : undefined;
}

/** SQL and result kind of an aggregate or date function over one field. */
export function compileCall(call: Call, scope: Scope): Operand {
  const name = (call.functionName ?? '').toUpperCase();
  const [parameter] = call.parameters ?? [];
  if (name === 'COUNT' && parameter === undefined) return { name, kind: 'int', sql: 'COUNT(*)' };
  const local = localParameter(parameter);
  if (typeof parameter !== 'string' && local === undefined) throw malformedQuery(`unexpected token: '${name}'`);

  const { field, sql: stored } = scope.resolve(local ?? String(parameter));
  if (local !== undefined && (field.kind !== 'datetime' || !(name in dateParts || name === 'DAY_ONLY'))) {
    throw malformedQuery(
      `convertTimezone can only be used with date functions over a datetime, not with ${field.name}`,
    );
  }
  const sql = local === undefined ? stored : `sf_local(${stored})`;
  const operand = (kind: Operand['kind'], text: string): Operand => ({
    name: `${name}(${field.name})`,
    kind,
    sql: text,
  });
  if (name === 'COUNT') return operand('int', `COUNT(${sql})`);
  if (name === 'COUNT_DISTINCT') return operand('int', `COUNT(DISTINCT ${sql})`);
  if ((name === 'SUM' || name === 'AVG') && numeric.has(field.kind)) return operand(field.kind, `${name}(${sql})`);
  if ((name === 'MIN' || name === 'MAX') && field.kind !== 'boolean') return operand(field.kind, `${name}(${sql})`);

  if (isShowing(call)) return { name: field.name, kind: field.kind, sql };

  const part = dateParts[name];
  if (part && (field.kind === 'date' || field.kind === 'datetime')) return operand('int', part.replaceAll('#', sql));
  if (name === 'DAY_ONLY' && field.kind === 'datetime') return operand('date', `substr(${sql}, 1, 10)`);
  throw malformedQuery(`field ${field.name} does not support aggregate operator ${name}`);
}
