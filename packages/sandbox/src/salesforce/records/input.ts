import { toId18 } from '../../world/salesforce-id.ts';
import { SalesforceError } from '../errors.ts';
import type { Field } from '../schema/fields.ts';
import type { SObject } from '../schema/objects.ts';
import { findObject, objectOfId } from '../schema/objects.ts';
import type { Bound } from '../soql/values.ts';

export type Json = Record<string, unknown>;
export type Columns = Record<string, Bound>;
export type Operation = 'insert' | 'update';

export interface References {
  /** Whether a record is there, in the bin, or neither. */
  state(object: SObject, id: string): 'live' | 'deleted' | undefined;
  /** Ids of the records with a value in a field that identifies them. */
  byExternalId(object: SObject, field: Field, value: unknown): string[];
}

const fail = (errorCode: string, message: string, fields: string[] = []) =>
  new SalesforceError(400, errorCode, message, fields);

const unreadable = (type: string, value: unknown) => {
  const token =
    typeof value === 'string' ? 'VALUE_STRING' : typeof value === 'number' ? 'VALUE_NUMBER' : 'START_OBJECT';
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return new SalesforceError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${token} value ${shown} or request may be missing a required field at [line:1, column:1]`,
  );
};

/** An id in its 18-character form; undefined for what is no id. */
export function readId(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  if (/^[a-zA-Z0-9]{15}$/.test(text)) return toId18(text);
  return /^[a-zA-Z0-9]{18}$/.test(text) ? text : undefined;
}

export interface Input {
  columns: Columns;
  /** Values without a column, by the name of the field; rules turn them into columns. */
  computed: Columns;
}

/** Checks what a client wants to write and turns it into values of columns. */
export function readInput(object: SObject, input: Json, operation: Operation, references: References): Input {
  const columns: Columns = {};
  const computed: Columns = {};
  const denied: string[] = [];
  for (const [key, value] of Object.entries(input)) {
    if (key === 'attributes') continue;
    const field = object.fields.get(key.toLowerCase());
    if (!field) {
      const parent = object.parents.get(key.toLowerCase());
      if (parent && typeof value === 'object' && value !== null) {
        columns[parent.column] = parentByExternalId(parent.objects, value as Json, references);
        continue;
      }
      throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
    }
    if (field.name === 'Id') {
      const verb = operation === 'insert' ? 'an insert' : 'an update';
      throw fail('INVALID_FIELD_FOR_INSERT_UPDATE', `cannot specify Id in ${verb} call`, ['Id']);
    }
    if (!(operation === 'insert' ? field.createable : field.updateable)) {
      denied.push(field.name);
    } else if (field.column === undefined) {
      computed[field.name] = readValue(field, value, references);
    } else {
      columns[field.column] = readValue(field, value, references);
    }
  }
  if (denied.length > 0) {
    const message = `Unable to create/update fields: ${denied.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
    throw fail('INVALID_FIELD_FOR_INSERT_UPDATE', message, denied);
  }
  requireFields(object, columns, operation);
  return { columns, computed };
}

function requireFields(object: SObject, columns: Columns, operation: Operation) {
  const missing = [...object.fields.values()]
    .filter(({ required, column }) => required && column !== undefined)
    .filter(({ column = '' }) => columns[column] === null || (operation === 'insert' && columns[column] === undefined))
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw fail('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  }
}

function parentByExternalId(types: readonly string[], value: Json, references: References): string {
  const [entry, ...others] = Object.entries(value).filter(([key]) => key !== 'attributes');
  for (const type of types) {
    const object = findObject(type);
    const field = entry && object?.fields.get(entry[0].toLowerCase());
    if (!object || !entry || !field?.externalId || others.length > 0) continue;
    const [id] = references.byExternalId(object, field, entry[1]);
    if (id) return id;
    const message = `Foreign key external ID: ${String(entry[1])} not found for field ${field.name} in entity ${object.name}`;
    throw fail('INVALID_FIELD', message);
  }
  throw fail('INVALID_FIELD', 'More than 1 field provided in an external foreign key reference, or none');
}

function readValue(field: Field, value: unknown, references: References): Bound {
  if (value === null || value === '') return field.kind === 'boolean' ? refuseNull(field) : null;
  switch (field.kind) {
    case 'id':
      return readReference(field, value, references);
    case 'int':
    case 'percent':
    case 'currency':
      return readNumber(field, value);
    case 'boolean':
      if (value === true || value === 'true') return 1;
      if (value === false || value === 'false') return 0;
      throw unreadable('boolean', value);
    case 'date': {
      const text = typeof value === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value)?.[0] : undefined;
      if (text === undefined || Number.isNaN(Date.parse(text))) throw unreadable('date', value);
      return text;
    }
    case 'datetime': {
      const at = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
      if (Number.isNaN(at)) throw unreadable('datetime', value);
      return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
    }
    default:
      return readText(field, value);
  }
}

function refuseNull({ name, label }: Field): never {
  throw fail('INVALID_TYPE_ON_FIELD_IN_RECORD', `${label}: value not of required type: `, [name]);
}

function readNumber(field: Field, value: unknown): number {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if ((typeof value !== 'number' && typeof value !== 'string') || !Number.isFinite(number)) {
    throw unreadable(field.kind === 'int' ? 'int' : 'double', value);
  }
  const outside = (limit: number) => Math.abs(number) >= limit;
  if (field.kind === 'percent' ? outside(1000) : outside(field.kind === 'int' ? 2 ** 31 : 1e16)) {
    throw fail(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${number}`,
      [field.name],
    );
  }
  if (field.kind === 'currency') return Math.round(Number(`${number}e2`));
  return field.kind === 'int' ? Math.round(number) : number;
}

function readText(field: Field, value: unknown): Bound {
  if (typeof value !== 'string') throw unreadable('string', value);
  const text = value.trim();
  if (text === '') return null;
  const { name, label, picklist, restricted, length } = field;
  if (restricted && picklist && !picklist.values.includes(text)) {
    const message = `${label}: bad value for restricted picklist field: ${text}`;
    throw fail('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [name]);
  }
  if (length > 0 && text.length > length) {
    throw fail('STRING_TOO_LONG', `${label}: data value too large: ${text} (max length=${length})`, [name]);
  }
  if (field.type === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(text)) {
    throw fail('INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${text}`, [name]);
  }
  return text;
}

function readReference(field: Field, value: unknown, references: References): string {
  const id = readId(value);
  if (id === undefined) {
    throw fail('MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(value)}`, [field.name]);
  }
  const object = objectOfId(id);
  if (!object || !field.targets.some((target) => target.object === object.name)) {
    throw fail('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const state = references.state(object, id);
  if (state === undefined) throw fail('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (state === 'deleted') throw fail('ENTITY_IS_DELETED', 'entity is deleted');
  return id;
}
