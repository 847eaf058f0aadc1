import { toId18 } from '../../world/salesforce-id.ts';
import { malformedQuery, SalesforceError } from '../errors.ts';
import type { Kind } from '../schema/fields.ts';

export type Bound = string | number | null;

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' };

/** The text between the quotes. For LIKE, `\_`, `\%` and `\\` stay escaped, as SQLite's `ESCAPE '\'` wants them. */
function readString(quoted: string, forLike: boolean): string {
  return quoted.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_sequence, after: string) => {
    if (after === '_' || after === '%') return forLike ? `\\${after}` : after;
    if (after === '\\' && forLike) return '\\\\';
    if (after.length === 5) return String.fromCharCode(Number.parseInt(after.slice(1), 16));
    const read = escapes[after];
    if (read === undefined) {
      throw malformedQuery(
        `Invalid string literal ${quoted}. Illegal character sequence '\\${after}' in string literal.`,
      );
    }
    return read;
  });
}

/** Moves the decimal point two places without passing through a binary fraction. */
function toCents(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  const padded = fraction.padEnd(2, '0');
  return Number(`${whole}${padded.slice(0, 2)}.${padded.slice(2) || '0'}`);
}

function readId(text: string): string {
  if (/^[a-zA-Z0-9]{18}$/.test(text)) return text;
  if (/^[a-zA-Z0-9]{15}$/.test(text)) return toId18(text);
  throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
}

const wanted: Record<Kind, { types: RegExp; hint: string }> = {
  id: { types: /^STRING$/, hint: 'string and should be enclosed in quotes' },
  string: { types: /^STRING$/, hint: 'string and should be enclosed in quotes' },
  int: { types: /^(INTEGER|DECIMAL)$/, hint: 'int and should not be enclosed in quotes' },
  currency: { types: /^(INTEGER|DECIMAL)/, hint: 'double and should not be enclosed in quotes' },
  percent: { types: /^(INTEGER|DECIMAL)$/, hint: 'double and should not be enclosed in quotes' },
  boolean: { types: /^BOOLEAN$/, hint: 'boolean and should not be enclosed in quotes' },
  date: { types: /^DATE$/, hint: 'date and should not be enclosed in quotes' },
  datetime: { types: /^DATETIME$/, hint: 'dateTime and should not be enclosed in quotes' },
  address: { types: /^$/, hint: 'location' },
};

const maxLiteral = 4002;

export interface Literal {
  type: string;
  text: string;
}

/** The value to bind for one literal compared with a field; refuses a literal of another type. */
export function readLiteral(literal: Literal, field: { name: string; kind: Kind }, forLike = false): Bound {
  const { type, text } = literal;
  if (type === 'NULL') return null;
  if (text.length > maxLiteral) throw malformedQuery(`String literal is longer than ${maxLiteral} characters`);
  const { types, hint } = wanted[field.kind];
  if (!types.test(type)) {
    const message = `value of filter criterion for field '${field.name}' must be of type ${hint}`;
    throw new SalesforceError(400, 'INVALID_FIELD', message);
  }
  switch (field.kind) {
    case 'id':
      return readId(readString(text, false));
    case 'string':
    case 'address':
      return readString(text, forLike);
    case 'int':
    case 'percent':
      return Number(text);
    case 'currency':
      return toCents(text.replace(/^[a-zA-Z]{3}/, ''));
    case 'boolean':
      return text.toUpperCase() === 'TRUE' ? 1 : 0;
    case 'date':
      return text;
    case 'datetime': {
      const at = Date.parse(text.replace(/ (?=\d\d:?\d\d$)/, '+'));
      if (Number.isNaN(at)) throw malformedQuery(`unexpected token: '${text}'`);
      return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
    }
  }
}

/** A stored value as the REST API prints it. */
export function printValue(value: unknown, kind: Kind): unknown {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'currency':
      return (value as number) / 100;
    case 'boolean':
      return value === 1;
    case 'datetime':
      return (value as string).replace(/(\.\d+)?Z$/, '.000+0000');
    case 'address':
      return JSON.parse(value as string);
    default:
      return value;
  }
}
