import type { SearchDefinition, SearchField, SearchName } from './criteria.ts';
import { readDay, readInstant } from './dates.ts';
import { readEnumeration } from './enumerations.ts';
import { StatusError } from './errors.ts';
import { readNamedDate } from './named-dates.ts';
import type { Compare, Condition } from './operators.ts';
import { between, dates, negatives, not, numbers, strings, wholeDays } from './operators.ts';
import type { XmlNode } from './xml.ts';
import { child, children } from './xml.ts';

const badOperator = (name: string) =>
  new StatusError(
    'WS_INVALID_SEARCH_OPERATN',
    `The operator of the search field ${name} is missing or does not fit it.`,
  );

/** Turns one criterion into SQL over the row `alias`. */
export function readCriterion(search: SearchDefinition, criterion: XmlNode, alias: string, today: string): Condition {
  const { name } = criterion;
  const field = Object.hasOwn(search.fields, name) ? search.fields[name] : undefined;
  if (!field || field.only === 'column')
    throw new StatusError('INVALID_SEARCH_FIELD_NAME', `The search field ${name} is not valid.`);
  const column = `${alias}.${field.column}`;
  switch (field.kind) {
    case 'boolean':
      return {
        sql: `${column} = ?`,
        values: [/^(true|1)$/i.test(child(criterion, 'searchValue')?.text ?? '') ? 'T' : 'F'],
      };
    case 'record':
      return readList(withOperator(criterion), column, keysOf(withOperator(criterion), field));
    case 'select':
    case 'external':
      return readList(criterion, column, keysOf(criterion, field));
    case 'enum':
      return readEnum(search.name as SearchName, criterion, alias, column);
    case 'string':
      return readCompare(strings, criterion, column, (text) => text);
    case 'long':
    case 'double':
      return readCompare(numbers, criterion, column, (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null));
    case 'date':
      return readCompare(
        /[oO]n$/.test(criterion.attributes.operator ?? '') ? wholeDays : dates,
        criterion,
        column,
        readInstant,
        today,
      );
    case 'day':
      return readCompare(dates, criterion, column, readDay, today);
  }
}

function readCompare(
  compares: Record<string, Compare>,
  criterion: XmlNode,
  column: string,
  read: (text: string) => string | number | null,
  today = '',
): Condition {
  const named = child(criterion, 'predefinedSearchValue')?.text;
  if (named) return readNamed(criterion.name, criterion.attributes.operator ?? '', column, read, named, today);
  const written = criterion.attributes.operator ?? '';
  const plain =
    negatives[written] ?? (/^not[A-Z]/.test(written) ? written.charAt(3).toLowerCase() + written.slice(4) : written);
  const compare = Object.hasOwn(compares, plain) ? compares[plain] : undefined;
  if (!compare) throw badOperator(criterion.name);
  const texts = ['searchValue', 'searchValue2'].flatMap((name) => children(criterion, name).map(({ text }) => text));
  const values = texts.map(read);
  const needed = plain === 'empty' ? 0 : compare === between ? 2 : 1;
  if (values.length < needed || values.includes(null)) {
    throw new StatusError('USER_ERROR', `The value of the search field ${criterion.name} is missing or not valid.`);
  }
  return (plain === written ? compare : not(compare))(column, values as (string | number)[]);
}

const edges: Record<string, (from: string, to: string) => [sql: string, ...bounds: string[]]> = {
  on: (from, to) => ['BETWEEN ? AND ?', from, to],
  within: (from, to) => ['BETWEEN ? AND ?', from, to],
  before: (from) => ['< ?', from],
  onOrBefore: (_, to) => ['<= ?', to],
  after: (_, to) => ['> ?', to],
  onOrAfter: (from) => ['>= ?', from],
};

/** A date criterion such as `onOrAfter thisMonth`: a predefined value is a range of the account's days. */
function readNamed(
  name: string,
  written: string,
  column: string,
  read: (text: string) => string | number | null,
  named: string,
  today: string,
): Condition {
  const negated = /^not[A-Z]/.test(written);
  const plain = negated ? written.charAt(3).toLowerCase() + written.slice(4) : written;
  const edge = Object.hasOwn(edges, plain) ? edges[plain] : undefined;
  if (!edge) throw badOperator(name);
  const range = readNamedDate(named, today);
  if (!range)
    throw new StatusError('INVALID_SEARCH_VALUE', `The predefined value ${named} of ${name} is not supported.`);
  // Instants end with the last second of the range's last day, days with the day itself.
  const from = String(read(`${range[0]}T00:00:00.000`) ?? range[0]);
  const to = String(read(`${range[1]}T23:59:59.000`) ?? range[1]);
  const [sql, ...values] = edge(from, to);
  return { sql: negated ? `NOT (${column} ${sql})` : `${column} ${sql}`, values };
}

/** A date criterion over instants, such as that of `getDeleted`. */
export const readDateCondition = (criterion: XmlNode, column: string, today: string): Condition =>
  readCompare(dates, criterion, column, readInstant, today);

/** A criterion that is a bare reference stands for a list of one. */
const withOperator = (criterion: XmlNode): XmlNode => ({
  ...criterion,
  attributes: { operator: 'anyOf', ...criterion.attributes },
  children: criterion.children.some(({ name }) => name === 'searchValue')
    ? criterion.children
    : [{ ...criterion, name: 'searchValue' }],
});

/** References are accepted with their id as an attribute or as a child element. */
function keysOf(criterion: XmlNode, { kind }: SearchField): (string | number)[] {
  return children(criterion, 'searchValue').map((value) => {
    const part = (name: string) => value.attributes[name] ?? child(value, name)?.text;
    if (kind === 'external') return part('externalId') ?? part('internalId') ?? value.text;
    const id = part('internalId') ?? value.text;
    if (!/^\d+$/.test(id))
      throw new StatusError('INVALID_KEY_OR_REF', `Invalid ${criterion.name} reference key ${id}.`);
    return Number(id);
  });
}

function readList(criterion: XmlNode, column: string, keys: (string | number)[]): Condition {
  const { operator } = criterion.attributes;
  if (operator !== 'anyOf' && operator !== 'noneOf') throw badOperator(criterion.name);
  const list = `(SELECT value FROM json_each(?))`;
  const sql = operator === 'anyOf' ? `${column} IN ${list}` : `(${column} IS NULL OR ${column} NOT IN ${list})`;
  return { sql, values: [JSON.stringify(keys)] };
}

function readEnum(search: SearchName, criterion: XmlNode, alias: string, column: string): Condition {
  const values = children(criterion, 'searchValue').map(({ text }) => readEnumeration(criterion.name, search, text));
  // A status is a type and a letter, as every type has its own letters.
  const whole = criterion.name === 'status' ? `(${alias}.type || ':' || ${column})` : column;
  return readList(
    criterion,
    whole,
    values.filter((value) => value !== null),
  );
}
