import { Refusal } from './answers.ts';
import type { DescribedField } from './fields.ts';
import { readInstant } from './parameters.ts';
import type { Value } from './rows.ts';

/** Whole numbers have 32 bits; amounts are kept as far as their cents can be told apart. */
const maxInteger = 2 ** 31 - 1;
const maxAmount = 1e12;

/** What a table keeps of a value that a caller wrote. @throws Refusal when the value is of another type */
export function toColumn(field: DescribedField, value: unknown): Value {
  if (value === null || value === '') return field.dataType === 'boolean' ? 0 : null;
  switch (field.dataType) {
    case 'integer':
    case 'score':
    case 'percent':
      return number(field, value, 'Integer', maxInteger);
    case 'currency':
      return Math.round(number(field, value, 'Currency', maxAmount) * 100);
    case 'boolean':
      return flag(value);
    case 'datetime':
      return readInstant(value);
    case 'date':
      return readInstant(value).slice(0, 10);
    default:
      return text(field, value);
  }
}

function number(field: DescribedField, value: unknown, type: string, most: number): number {
  const read = typeof value === 'number' ? value : Number(typeof value === 'string' ? value.trim() : Number.NaN);
  const whole = field.dataType === 'currency' || Number.isInteger(read);
  if (!Number.isFinite(read) || !whole || Math.abs(read) > most) throw wrong(value, type);
  return read;
}

function flag(value: unknown): number {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return 1;
  if (text === 'false' || text === '0') return 0;
  throw wrong(value, 'Boolean');
}

function text(field: DescribedField, value: unknown): string {
  if (typeof value === 'object') throw wrong(JSON.stringify(value), 'String');
  const read = String(value);
  if (field.length !== undefined && read.length > field.length) {
    throw new Refusal('1003', `Value of field '${field.name}' is longer than ${field.length} characters`);
  }
  return read;
}

function wrong(value: unknown, type: string): Refusal {
  return new Refusal('1001', `Invalid value '${value}'. Required of type '${type}'`);
}
