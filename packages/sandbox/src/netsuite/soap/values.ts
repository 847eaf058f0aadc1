import { orderStatuses, statusText } from '../display.ts';
import { plain } from '../suiteql/decimals.ts';
import { toDateTime, toMidnight } from './dates.ts';
import { accountTypeNames } from './enumerations.ts';
import type { FieldKind } from './fields.ts';
import type { Xml } from './xml.ts';
import { element } from './xml.ts';

/** A double always shows a fraction: `100.0`. */
export function double(value: number): string {
  const text = plain(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** The text of a value in a record; null where the schema has no word for it. */
export function writeValue(kind: FieldKind, value: unknown, type: string): string | null {
  switch (kind) {
    case 'double':
      return double(Number(value));
    case 'boolean':
      return String(value === 'T');
    case 'date':
      return toMidnight(String(value));
    case 'dateTime':
      return toDateTime(String(value));
    case 'status':
      return statusText(type, String(value));
    case 'orderStatus':
      return orderStatuses[type]?.[String(value)] ?? null;
    case 'accountType':
      return accountTypeNames.get(String(value)) ?? String(value);
    default:
      return String(value);
  }
}

export function writeReference(name: string, id: unknown, text: unknown): Xml {
  return element(name, { internalId: String(id) }, element('platformCore:name', {}, String(text ?? id)));
}
