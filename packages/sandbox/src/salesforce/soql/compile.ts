import type { FieldType, Query, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import { malformedQuery, pointed, SalesforceError } from '../errors.ts';
import type { Kind } from '../schema/fields.ts';
import type { Child, SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import { expand, isBareCount, limit, orderBy } from './clauses.ts';
import { readConditions } from './conditions.ts';
import type { Operand, Sql } from './filter.ts';
import { compileFilter } from './filter.ts';
import type { Compiling } from './filter-context.ts';
import { createFilterContext } from './filter-context.ts';
import type { Call } from './functions.ts';
import { compileCall, isAggregate } from './functions.ts';
import { compileGrouping, compileGroupingCall, compileRows, isGrouping } from './grouping.ts';
import type { VariantItem } from './polymorphic.ts';
import { compileVariants } from './polymorphic.ts';
import type { Scope } from './scope.ts';
import { createScope, requireObject } from './scope.ts';
import { compileShown } from './shown.ts';

/** One printed value: where it goes in the record and which column of the row holds it. */
export interface ValueItem {
  name: string;
  kind: Kind;
  column: number;
  parents: { name: string; idColumn: number }[];
  /** Printed as a person would read it. */
  formatted?: boolean;
}

export interface ChildItem {
  name: string;
  select: Select;
  limit: number | undefined;
  offset: number;
}

/** A compiled select. For a child select, the first value to bind is the JSON list of parent ids. */
export interface Select {
  object: SObject;
  aggregate: boolean;
  /** `SELECT COUNT()`: the number is the answer and there are no records. */
  countOnly: boolean;
  sql: Sql;
  items: ValueItem[];
  variants: VariantItem[];
  children: ChildItem[];
  /** Column of the record's own id, or of the parent's for a child select. */
  idColumn: number;
  parentColumn: number;
}

export function compileQuery(query: Query, compiling: Compiling): Select {
  const { soql, all } = compiling;
  const object = requireObject(query.sObject ?? '', soql);
  return compileSelect(query, createScope(object, soql, { tableAlias: query.sObjectAlias, all }), compiling);
}

function compileSelect(query: QueryBase, scope: Scope, compiling: Compiling, child?: Child): Select {
  const { soql } = compiling;
  const columns: string[] = [];
  const column = (sql: string) => {
    const known = columns.indexOf(sql);
    return known >= 0 ? known : columns.push(sql) - 1;
  };
  const chosen = expand(query.fields ?? [], query, scope);
  const countOnly = chosen.length === 1 && isBareCount(chosen[0] as FieldType);
  const grouping = compileGrouping(query.groupBy, scope);
  const groups = grouping.expressions;
  const call = (fn: Call): Operand =>
    isGrouping(fn)
      ? { name: 'GROUPING', kind: 'int', sql: compileGroupingCall(fn.parameters?.[0], grouping, scope) }
      : compileCall(fn, scope);
  const aggregate =
    groups.length > 0 || chosen.some((item) => item.type === 'FieldFunctionExpression' && isAggregate(item));
  const idColumn = aggregate ? -1 : column(`${scope.alias}.id`);
  const parentColumn = child ? column(`${scope.alias}.${child.column}`) : -1;
  const items: ValueItem[] = [];
  const children: ChildItem[] = [];
  const variants: VariantItem[] = [];
  const names = new Set<string>();
  let unnamed = 0;

  for (const item of chosen) {
    if (item.type === 'FieldSubquery') {
      if (child || aggregate) throw malformedQuery("unexpected token: '('");
      children.push(compileChild(item.subquery, scope, compiling));
      continue;
    }
    if (item.type === 'FieldTypeof') {
      if (aggregate) throw malformedQuery("unexpected token: 'TYPEOF'");
      variants.push(compileVariants(item, scope, column));
      continue;
    }
    const shown = item.type === 'FieldFunctionExpression' ? compileShown(item, scope, column) : undefined;
    if (shown) {
      items.push(shown);
      continue;
    }
    if (item.type === 'FieldFunctionExpression') {
      const { kind, sql } = call(item);
      if (!isAggregate(item) && !isGrouping(item) && !groups.includes(sql)) {
        throw malformedQuery(`Field must be grouped or aggregated: ${item.functionName}`);
      }
      items.push({ name: item.alias ?? `expr${unnamed++}`, kind, column: column(sql), parents: [] });
      continue;
    }
    const path = 'relationships' in item ? [...item.relationships, item.field].join('.') : item.field;
    const { field, sql, path: parents } = scope.resolve(path);
    if (aggregate && !groups.includes(sql)) {
      const reason = `Field must be grouped or aggregated: ${field.name}`;
      throw new SalesforceError(400, 'MALFORMED_QUERY', pointed(soql, field.name, reason));
    }
    const full = [...parents.map((parent) => parent.name), field.name].join('.');
    if (!aggregate && names.has(full))
      throw new SalesforceError(400, 'INVALID_FIELD', `duplicate field selected: ${full}`);
    names.add(full);
    items.push({
      name: (aggregate && 'alias' in item && item.alias) || field.name,
      kind: field.kind,
      column: column(sql),
      parents: aggregate ? [] : parents.map(({ name, idSql }) => ({ name, idColumn: column(idSql) })),
    });
  }

  const filter = createFilterContext(scope, compiling);
  const where = query.where && compileFilter(readConditions(query.where), filter);
  const having = query.having && compileFilter(readConditions(query.having), filter);
  const order = orderBy(query, scope, call);
  const page = child ? { text: '', values: [] } : limit(query);
  const ofParents = child && `${scope.alias}.${child.column} IN (SELECT value FROM json_each(?))`;
  const conditions = [ofParents, where?.text].filter((text) => text !== undefined);
  const orderColumns = grouping.hasTotals ? order.map(({ sql }) => `c${column(sql)}`) : order.map(({ sql }) => sql);
  const rows = compileRows(columns, grouping, {
    from: scope.from(),
    where: conditions.join(' AND '),
    having: having?.text ?? '',
    values: [...(where?.values ?? []), ...(having?.values ?? [])],
  });
  const sorted = order.map(({ direction }, index) => `${orderColumns[index]}${direction}`);
  return {
    object: scope.object,
    aggregate: aggregate && !countOnly,
    countOnly,
    sql: {
      text: [rows.text, sorted.length > 0 && `ORDER BY ${sorted.join(', ')}`, page.text].filter(Boolean).join(' '),
      values: [...rows.values, ...page.values],
    },
    items,
    variants,
    children,
    idColumn,
    parentColumn,
  };
}

function compileChild(query: Subquery, scope: Scope, compiling: Compiling): ChildItem {
  const child = scope.object.children.get(query.relationshipName.toLowerCase());
  const object = child && findObject(child.object);
  if (!child || !object) {
    const reason = `Didn't understand relationship '${query.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw new SalesforceError(400, 'INVALID_TYPE', pointed(compiling.soql, query.relationshipName, reason));
  }
  const select = compileSelect(
    query,
    createScope(object, compiling.soql, { tableAlias: query.sObjectAlias, all: compiling.all }),
    compiling,
    child,
  );
  if (select.aggregate || select.countOnly) throw malformedQuery('Aggregate functions are not allowed in a subquery');
  return { name: child.name, select, limit: query.limit, offset: query.offset ?? 0 };
}
