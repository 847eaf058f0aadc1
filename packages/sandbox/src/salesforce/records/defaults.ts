import { userId } from '../org.ts';
import type { Field } from '../schema/fields.ts';
import type { SObject } from '../schema/objects.ts';
import type { Columns } from './input.ts';

function defaultOf({ name, picklist }: Field): string | undefined {
  return name === 'OwnerId' ? userId : picklist?.default;
}

/** What a client leaves out, or leaves empty, gets the org's default. */
export function withDefaults(object: SObject, given: Columns): Columns {
  const columns: Columns = {};
  for (const field of object.fields.values()) {
    const value = defaultOf(field);
    if (field.createable && field.column !== undefined && value !== undefined) columns[field.column] = value;
  }
  return { ...columns, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) };
}

/** A field that has a default is never emptied: it goes back to the default. */
export function withoutNulls(object: SObject, given: Columns): Columns {
  const columns = { ...given };
  for (const field of object.fields.values()) {
    const value = defaultOf(field);
    if (field.column !== undefined && columns[field.column] === null && value !== undefined)
      columns[field.column] = value;
  }
  return columns;
}
