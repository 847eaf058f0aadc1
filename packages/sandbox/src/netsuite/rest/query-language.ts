import { statusText, transactionTypes } from '../display.ts';
import { badParameter } from './errors.ts';
import type { Field, RecordType } from './fields.ts';

export interface Condition {
  sql: string;
  values: (string | number)[];
}

type Operator = (column: string, values: (string | number)[]) => Condition;

const compare =
  (sign: string): Operator =>
  (column, values) => ({ sql: `${column} ${sign} ?`, values: values.slice(0, 1) });
const like =
  (pattern: (text: string) => string): Operator =>
  (column, [value = '']) => ({
    sql: `${column} LIKE ? ESCAPE '\\'`,
    values: [pattern(String(value).replace(/[\\%_]/g, '\\$&'))],
  });
const between: Operator = (column, values) => ({ sql: `${column} BETWEEN ? AND ?`, values: values.slice(0, 2) });
const anyOf: Operator = (column, values) => ({ sql: `${column} IN (${values.map(() => '?').join(', ')})`, values });

const equal = compare('=');
const text: Record<string, Operator> = {
  IS: equal,
  CONTAIN: like((value) => `%${value}%`),
  START_WITH: like((value) => `${value}%`),
  ENDWITH: like((value) => `%${value}`),
  ANY_OF: anyOf,
};
const numeric: Record<string, Operator> = {
  EQUAL: equal,
  IS: equal,
  GREATER: compare('>'),
  GREATER_OR_EQUAL: compare('>='),
  LESS: compare('<'),
  LESS_OR_EQUAL: compare('<='),
  BETWEEN: between,
  WITHIN: between,
  ANY_OF: anyOf,
};
const dates: Record<string, Operator> = {
  ON: equal,
  BEFORE: compare('<'),
  AFTER: compare('>'),
  ON_OR_BEFORE: compare('<='),
  ON_OR_AFTER: compare('>='),
  BETWEEN: between,
  WITHIN: between,
};
const operators: Record<Field['kind'], Record<string, Operator>> = {
  id: numeric,
  reference: numeric,
  number: numeric,
  text,
  boolean: { IS: equal },
  date: dates,
  datetime: dates,
  status: { IS: equal, ANY_OF: anyOf },
};
const operands: Record<string, number> = { BETWEEN: 2, WITHIN: 2 };
const piece = /\s*(?:"((?:[^"\\]|\\.)*)"|([[\](),])|([^\s[\](),"]+))/y;

interface Piece {
  value: string;
  kind: 'quoted' | 'mark' | 'word';
}

/** Reads the `q` parameter of a record list into a SQL condition whose values are bound. */
export function readQuery(query: string, record: RecordType): Condition {
  const pieces = split(query);
  let at = 0;
  const next = () => pieces[at++];
  const isWord = (word: string) => pieces[at]?.kind === 'word' && pieces[at]?.value.toUpperCase() === word;
  const isMark = (mark: string) => pieces[at]?.kind === 'mark' && pieces[at]?.value === mark;
  const fail = (): never => {
    throw badParameter('q', `Invalid search query near '${pieces[at - 1]?.value ?? ''}'.`);
  };

  const joined = (word: 'AND' | 'OR', read: () => Condition): Condition => {
    let left = read();
    while (isWord(word)) {
      at += 1;
      const right = read();
      left = { sql: `(${left.sql} ${word} ${right.sql})`, values: [...left.values, ...right.values] };
    }
    return left;
  };
  const any = (): Condition => joined('OR', () => joined('AND', single));

  const single = (): Condition => {
    if (isMark('(')) {
      at += 1;
      const inner = any();
      if (next()?.value !== ')') fail();
      return inner;
    }
    const name = next()?.value ?? '';
    const field = Object.hasOwn(record.fields, name) ? record.fields[name] : undefined;
    if (!field) throw badParameter('q', `Invalid search query. Unknown field '${name}'.`);
    return condition(field);
  };

  const condition = (field: Field): Condition => {
    const written = next()?.value.toUpperCase() ?? '';
    const negated = written.endsWith('_NOT');
    const operator = negated ? written.slice(0, -4) : written;
    const column = field.kind === 'datetime' ? `substr(r.${field.column}, 1, 10)` : `r.${field.column}`;
    if (operator === 'EMPTY') return { sql: `${column} IS ${negated ? 'NOT ' : ''}NULL`, values: [] };
    const make = Object.hasOwn(operators[field.kind], operator) ? operators[field.kind][operator] : undefined;
    if (!make) throw badParameter('q', `Invalid search query. The operator '${written}' does not fit the field.`);
    const values = list().map((value) => toValue(field, value, record));
    if (values.length < (operands[operator] ?? 1) || values.length > 1000) fail();
    const made = make(column, values);
    return negated ? { ...made, sql: `NOT (${made.sql})` } : made;
  };

  const list = (): string[] => {
    const close = isMark('[') ? ']' : isMark('(') ? ')' : '';
    if (close === '') return [operand()];
    at += 1;
    const values = [operand()];
    while (isMark(',')) {
      at += 1;
      values.push(operand());
    }
    if (next()?.value !== close) fail();
    return values;
  };

  const operand = (): string => {
    const found = next();
    return found && found.kind !== 'mark' ? found.value : fail();
  };

  const whole = any();
  if (at < pieces.length) {
    at += 1;
    fail();
  }
  return whole;
}

function split(query: string): Piece[] {
  const pieces: Piece[] = [];
  piece.lastIndex = 0;
  while (query.slice(piece.lastIndex).trim() !== '') {
    const found = piece.exec(query);
    if (!found) throw badParameter('q', 'Invalid search query.');
    const [, quoted, mark, word] = found;
    if (quoted !== undefined) pieces.push({ kind: 'quoted', value: quoted.replace(/\\(.)/g, '$1') });
    else pieces.push(mark ? { kind: 'mark', value: mark } : { kind: 'word', value: word ?? '' });
  }
  return pieces;
}

function toValue({ kind }: Field, value: string, { type }: RecordType): string | number {
  switch (kind) {
    case 'id':
    case 'reference':
    case 'number':
      if (!/^-?\d+(\.\d+)?$/.test(value)) throw badParameter('q', `Invalid search query. '${value}' is not a number.`);
      return Number(value);
    case 'boolean':
      return /^(true|t)$/i.test(value) ? 'T' : 'F';
    case 'date':
    case 'datetime':
      return toDay(value);
    case 'status':
      return toStatus(value, type ?? '');
    case 'text':
      return value;
  }
}

/** A status by its letter, as `CustInvc:A`, or by its screen text. */
function toStatus(value: string, type: string): string {
  const letter = value.replace(`${type}:`, '');
  const known = Object.keys(transactionTypes[type]?.statuses ?? {});
  return known.find((each) => statusText(type, each).toLowerCase() === value.toLowerCase()) ?? letter;
}

/** `2026-03-01`, or the account's own format `3/1/2026`. */
function toDay(value: string): string {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value) ?? [];
  const text = year === '' ? value.slice(0, 10) : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw badParameter('q', `Invalid search query. '${value}' is not a date.`);
  return text;
}
