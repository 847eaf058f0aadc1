import { z } from 'zod';
import { toDraft } from '../rest/drafts.ts';
import { keyOf } from '../rest/paths.ts';
import { asRest, writableTypeOf } from '../rest/writes.ts';
import type { Draft } from '../writing/drafts.ts';
import { noSuchRecord, RecordProblem } from '../writing/problems.ts';
import type { RecordStore } from '../writing/store.ts';
import type { WritableType } from '../writing/types.ts';

const record = z.string();
const id = z.union([z.string(), z.number()]).transform(String);
const fields = z.record(z.string(), z.unknown()).default({});
const lines = z.array(z.record(z.string(), z.unknown())).optional();

/** What `POST /_control/change` takes: a change that somebody makes in NetSuite's own pages, in the words of REST. */
const changeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CREATE'), record, fields, lines }),
  z.strictObject({ type: z.literal('UPDATE'), record, id, fields, lines }),
  z.strictObject({ type: z.literal('DELETE'), record, id }),
]);

/**
 * Changes a record in the store that every protocol writes to, so its event follows. `lines` are those of an order or
 * a sale, or what a payment is applied to, and take the place of the ones that were there. A `customerPayment` with
 * nothing but `customer` and `payment` is the shortest way to more posted cash.
 */
export function changeRecord(store: RecordStore, body: unknown): Changed {
  const change = changeSchema.parse(body);
  try {
    return apply(store, change);
  } catch (error) {
    throw error instanceof RecordProblem ? asRest(error, new URL('http://sandbox/_control/change')) : error;
  }
}

interface Changed {
  record: string;
  id: string;
}

function apply(store: RecordStore, change: z.output<typeof changeSchema>): Changed {
  const type = writableTypeOf(change.record);
  if (change.type === 'CREATE') return { record: type.name, id: String(store.add(type, draftOf(type, change))) };
  const found = store.find(type, keyOf(change.id));
  if (found === null) throw noSuchRecord();
  if (change.type === 'DELETE') store.remove(type, found);
  else store.update(type, found, draftOf(type, change));
  return { record: type.name, id: String(found) };
}

function draftOf(type: WritableType, change: { fields: object; lines?: object[] | undefined }): Draft {
  const sublist = change.lines && { [type.hasItems ? 'item' : 'apply']: change.lines };
  const draft = toDraft(type, { ...change.fields, ...sublist }, { names: 'Error', values: 'Error' });
  return { ...draft, replaceItems: change.lines !== undefined };
}
