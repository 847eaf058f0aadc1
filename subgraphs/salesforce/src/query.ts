import { roundDecimal } from '@customer360/kit/decimal';

/** A date printed without quotes. */
export interface DateValue {
  date: string;
}
/** Text to be found anywhere; what it contains is never a wildcard. */
export interface Anywhere {
  anywhere: string;
}
/** Text that was built by `soql` and is safe to nest. */
export interface Soql {
  soql: string;
}
export type SoqlValue = string | number | boolean | readonly string[] | DateValue | Anywhere | Soql;

const escapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The one place where text becomes part of a query. Half a surrogate pair cannot travel in a URL and is replaced. */
function escapeText(text: string, wildcards = false): string {
  const escaped = text.toWellFormed().replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass
    /[\\'"\u0000-\u001f\u007f\u2028\u2029]/g,
    (letter) => escapes[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return wildcards ? escaped.replace(/[%_]/g, '\\$&') : escaped;
}

function print(value: SoqlValue): string {
  if (typeof value === 'string') return `'${escapeText(value)}'`;
  // Never an exponent, which SOQL does not read.
  if (typeof value === 'number') return roundDecimal(value, 10).toFixed();
  if (typeof value === 'boolean') return String(value);
  if ('soql' in value) return value.soql;
  if ('anywhere' in value) return `'%${escapeText(value.anywhere, true)}%'`;
  if ('date' in value) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value.date)) throw new RangeError('not a date');
    return value.date;
  }
  return `(${value.map((text) => print(text)).join(', ')})`;
}

/** Builds a query; every value in it is printed as a literal that cannot change the query's shape. */
export function soql(parts: TemplateStringsArray, ...values: SoqlValue[]): Soql {
  return { soql: parts.map((part, index) => (index === 0 ? '' : print(values[index - 1] ?? '')) + part).join('') };
}

/** Joins conditions that must all hold; nothing at all when there are none. */
export function whereAll(conditions: readonly Soql[]): Soql {
  return { soql: conditions.length === 0 ? '' : ` WHERE ${conditions.map((one) => one.soql).join(' AND ')}` };
}
