import { z } from 'zod';
import { SalesforceError } from '../errors.ts';
import type { Locks } from '../records/locks.ts';
import type { Store } from '../records/store.ts';
import type { SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import { gapTypes } from './change-events.ts';
import type { Push } from './push.ts';

const fields = z.record(z.string(), z.unknown());
const client = z.string().optional();

/** One change of one record. */
const recordSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CREATE'), object: z.string(), fields, client }),
  z.strictObject({ type: z.literal('UPDATE'), object: z.string(), id: z.string(), fields, client }),
  z.strictObject({ type: z.literal('DELETE'), object: z.string(), id: z.string(), client }),
  /** Out of the bin. */
  z.strictObject({ type: z.literal('UNDELETE'), object: z.string(), id: z.string(), client }),
]);
type RecordChange = z.output<typeof recordSchema>;

/** What `POST /_control/change` takes: a change that somebody else made in the org. */
const changeSchema = z.discriminatedUnion('type', [
  recordSchema,
  /** All of them or none, as one transaction: the events share its key and are numbered. */
  z.strictObject({ type: z.literal('TRANSACTION'), changes: z.array(recordSchema).min(1), client }),
  /** Events without values, as an org sends them when it could not tell more. */
  ...gapTypes.map((type) =>
    z.strictObject({ type: z.literal(type), object: z.string(), ids: z.array(z.string()).default([]) }),
  ),
  /** Somebody else holds these records for a while. */
  z.strictObject({ type: z.literal('LOCK'), ids: z.array(z.string()), forMs: z.number().int().min(0) }),
  /** Lets go of all retained events, so that no replay id is valid any more. */
  z.strictObject({ type: z.literal('FORGET') }),
]);

export type Make = <Result>(client: string | undefined, work: () => Result) => Result;

export interface ChangeOptions {
  store: Store;
  push: Push;
  locks: Locks;
  /** Runs work in the name of another client. */
  as: Make;
}

/** Makes a change; answers with the id of each record that it touched. */
export function makeChange(body: unknown, { store, push, locks, as }: ChangeOptions): { id?: string; ids?: string[] } {
  const change = changeSchema.parse(body);
  switch (change.type) {
    case 'FORGET':
      push.bus.forget();
      return {};
    case 'LOCK':
      locks.hold(change.ids, change.forMs);
      return {};
    case 'TRANSACTION':
      return {
        ids: as(change.client, () => store.transaction(() => change.changes.map((each) => makeOne(each, store)))),
      };
    case 'CREATE':
    case 'UPDATE':
    case 'DELETE':
    case 'UNDELETE':
      return { id: as(change.client, () => makeOne(change, store)) };
    default:
      push.gap(requireObject(change.object), change.ids, change.type);
      return {};
  }
}

function makeOne(change: RecordChange, store: Store): string {
  const object = requireObject(change.object);
  switch (change.type) {
    case 'CREATE':
      return store.create(object, change.fields);
    case 'UPDATE':
      store.update(object, change.id, change.fields);
      return change.id;
    case 'DELETE':
      store.remove(object, change.id);
      return change.id;
    case 'UNDELETE':
      store.restore(object, change.id);
      return change.id;
  }
}

function requireObject(name: string): SObject {
  const object = findObject(name);
  if (object) return object;
  throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
}
