import type { Draft, DraftValue } from '../writing/drafts.ts';
import type { WritableType } from '../writing/types.ts';
import { RestError } from './errors.ts';
import { recordTypes } from './fields.ts';

const invalidContent = (detail: string, path: string) =>
  new RestError({ status: 400, code: 'INVALID_CONTENT', detail, where: { 'o:errorPath': path } });

export interface Validation {
  /** What becomes of names that the record does not have; `Error` refuses them. */
  names: string;
  /** What becomes of values that cannot be; all but `Error` leaves their fields out. */
  values: string;
}

/** Reads a JSON body. Unknown names are passed over, unless the client asked to be told. */
export function readDraft(type: WritableType, body: string, url: URL, validation: Validation): Draft {
  const replaced = (url.searchParams.get('replace') ?? '').split(',');
  return { ...toDraft(type, parse(body), validation), replaceItems: replaced.includes('item') };
}

/** A record as JSON in the vocabulary of REST. */
export function toDraft(type: WritableType, json: Record<string, unknown>, { names, values }: Validation): Draft {
  const lenient = /^(warning|ignore)$/i.test(values);
  const draft: Draft = { fields: {}, lenient };
  const { sublists = [], fields = {} } = recordTypes.get(type.name) ?? {};
  for (const [name, value] of Object.entries(json)) {
    if (name === 'item' || name === 'apply') {
      const rows = readRows(name, value);
      if (name === 'apply') draft.applies = rows;
      else draft.items = rows;
    } else if (name !== 'id' && name !== 'links') {
      const read = lenient ? orNothing(() => readValue(name, value)) : readValue(name, value);
      if (read !== undefined) draft.fields[name] = read;
    }
    const known = name in type.fields || name in fields || sublists.some((each) => each === name) || name === 'links';
    if (!known && /^error$/i.test(names)) {
      throw invalidContent(`Unknown reference or field '${name}' in the request body.`, name);
    }
  }
  return draft;
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RestError) return undefined;
    throw error;
  }
}

function parse(body: string): Record<string, unknown> {
  try {
    const json: unknown = body.trim() === '' ? {} : JSON.parse(body);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch {
    // Answered below, as any body that is no object.
  }
  throw invalidContent('The request body is not a valid JSON object.', '');
}

function readRows(name: string, value: unknown): Record<string, DraftValue>[] {
  const items = (value as { items?: unknown } | null)?.items ?? value;
  if (!Array.isArray(items)) throw invalidContent(`The sublist ${name} needs a list of items.`, name);
  return items.map((row: unknown, index) =>
    Object.fromEntries(
      Object.entries(Object(row)).flatMap(([key, each]) =>
        key === 'links' ? [] : [[key, readValue(`${name}.items[${index}].${key}`, each)]],
      ),
    ),
  );
}

function readValue(path: string, value: unknown): DraftValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  const { id, externalId } = Object(value) as { id?: unknown; externalId?: unknown };
  if (id !== undefined) return { id: String(id) };
  if (externalId !== undefined) return { externalId: String(externalId) };
  throw invalidContent(`Invalid value for the resource or sub-resource field '${path}'. Provide a valid value.`, path);
}
