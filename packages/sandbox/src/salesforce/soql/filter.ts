import type { Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../errors.ts';
import type { Kind } from '../schema/fields.ts';
import type { Calendar } from './calendar.ts';
import type { Comparison, ConditionTree } from './conditions.ts';
import type { Bound, Literal } from './values.ts';
import { readLiteral } from './values.ts';

/** A piece of SQL with the values of its `?` in order. */
export interface Sql {
  text: string;
  values: Bound[];
}

/** One side of a comparison: a field or a function over one. */
export interface Operand {
  name: string;
  kind: Kind;
  sql: string;
}

export interface FilterContext {
  calendar: Calendar;
  operand(comparison: Comparison): Operand;
  /** Compiles the select of a semi-join. */
  subselect(query: Query): Sql;
}

const ordered = new Set(['<', '<=', '>', '>=']);

const invalidOperator = (operand: Operand) =>
  new SalesforceError(
    400,
    'INVALID_QUERY_FILTER_OPERATOR',
    `invalid operator on ${operand.kind} field '${operand.name}'`,
  );

export function compileFilter(tree: ConditionTree, context: FilterContext): Sql {
  switch (tree.kind) {
    case 'comparison':
      return compileComparison(tree.comparison, context);
    case 'not': {
      const { text, values } = compileFilter(tree.condition, context);
      // SOQL has two truth values: what is unknown in SQL is false before it is negated.
      return { text: `NOT ifnull(${text}, 0)`, values };
    }
    default: {
      const parts = tree.conditions.map((condition) => compileFilter(condition, context));
      return {
        text: `(${parts.map((part) => part.text).join(` ${tree.kind} `)})`,
        values: parts.flatMap((part) => part.values),
      };
    }
  }
}

function compileComparison(comparison: Comparison, context: FilterContext): Sql {
  const operand = context.operand(comparison);
  const operator = comparison.operator.toUpperCase();
  if (comparison.valueQuery) {
    if (operand.kind !== 'id') throw invalidOperator(operand);
    const { text, values } = context.subselect(comparison.valueQuery);
    return { text: `${operand.sql} ${operator} (${text})`, values };
  }
  const literals = readLiterals(comparison);
  const left = operand.kind === 'string' ? `${operand.sql} COLLATE NOCASE` : operand.sql;

  switch (operator) {
    case 'IN':
      return inList(left, operand, literals, context);
    case 'NOT IN': {
      const { text, values } = inList(left, operand, literals, context);
      return { text: `NOT ifnull(${text}, 0)`, values };
    }
    case 'LIKE':
      if (operand.kind !== 'string') throw invalidOperator(operand);
      return { text: `${operand.sql} LIKE ? ESCAPE '\\'`, values: [readLiteral(only(literals), operand, true)] };
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(left, operand, operator, only(literals), context);
    default:
      throw invalidOperator(operand);
  }
}

function readLiterals({ value = [], literalType = [] }: Comparison): Literal[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.map((text, index) => ({
    text,
    type: Array.isArray(literalType) ? (literalType[index] ?? 'STRING') : literalType,
  }));
}

const only = (literals: Literal[]) => literals[0] as Literal;

function compare(left: string, operand: Operand, operator: string, literal: Literal, context: FilterContext): Sql {
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return compareRange(left, operand, operator, literal, context);
  }
  if (ordered.has(operator) && operand.kind === 'boolean') throw invalidOperator(operand);
  const value = readLiteral(literal, operand);
  // `=` and `!=` also meet null, and `!=` finds the rows that have no value.
  const sqlOperator = { '=': value === null ? 'IS' : '=', '!=': 'IS NOT' }[operator] ?? operator;
  return { text: `${left} ${sqlOperator} ?`, values: [value] };
}

function compareRange(left: string, operand: Operand, operator: string, literal: Literal, context: FilterContext): Sql {
  if (operand.kind !== 'date' && operand.kind !== 'datetime') throw invalidOperator(operand);
  const { start, end } = context.calendar[operand.kind === 'datetime' ? 'instants' : 'dates'](literal.text);
  switch (operator) {
    case '=':
      return { text: `(${left} >= ? AND ${left} < ?)`, values: [start, end] };
    case '!=':
      return { text: `(${left} IS NULL OR ${left} < ? OR ${left} >= ?)`, values: [start, end] };
    case '<':
      return { text: `${left} < ?`, values: [start] };
    case '<=':
      return { text: `${left} < ?`, values: [end] };
    case '>':
      return { text: `${left} >= ?`, values: [end] };
    default:
      return { text: `${left} >= ?`, values: [start] };
  }
}

/** The list is bound as one value, so that a list of any length is the same statement. */
function inList(left: string, operand: Operand, literals: Literal[], context: FilterContext): Sql {
  if (literals.some(({ type }) => type.startsWith('DATE_'))) {
    const parts = literals.map((literal) => compare(left, operand, '=', literal, context));
    return { text: `(${parts.map((part) => part.text).join(' OR ')})`, values: parts.flatMap((part) => part.values) };
  }
  const values = literals.map((literal) => readLiteral(literal, operand));
  const present = JSON.stringify(values.filter((value) => value !== null));
  const text = `${left} IN (SELECT value FROM json_each(?))`;
  return values.includes(null)
    ? { text: `(${left} IS NULL OR ${text})`, values: [present] }
    : { text, values: [present] };
}
