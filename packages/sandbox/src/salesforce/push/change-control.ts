import { z } from 'zod';
import { SalesforceError } from '../errors.ts';
import type { Store } from '../records/store.ts';
import { findObject } from '../schema/objects.ts';
import { gapTypes } from './change-events.ts';
import type { Push } from './push.ts';

const fields = z.record(z.string(), z.unknown());
const client = z.string().optional();

/** What `POST /_control/change` takes: a change that somebody else made in the org. */
const changeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CREATE'), object: z.string(), fields, client }),
  z.strictObject({ type: z.literal('UPDATE'), object: z.string(), id: z.string(), fields, client }),
  z.strictObject({ type: z.literal('DELETE'), object: z.string(), id: z.string(), client }),
  /** Events without values, as an org sends them when it could not tell more. */
  ...gapTypes.map((type) =>
    z.strictObject({ type: z.literal(type), object: z.string(), ids: z.array(z.string()).default([]) }),
  ),
  /** Lets go of all retained events, so that no replay id is valid any more. */
  z.strictObject({ type: z.literal('FORGET') }),
]);

export type Make = <Result>(client: string | undefined, work: () => Result) => Result;

/** Makes a change; `as` runs it in the name of another client. */
export function makeChange(body: unknown, store: Store, push: Push, as: Make): { id?: string } {
  const change = changeSchema.parse(body);
  if (change.type === 'FORGET') {
    push.bus.forget();
    return {};
  }
  const object = findObject(change.object);
  if (!object) throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${change.object}' is not supported.`);
  switch (change.type) {
    case 'CREATE':
      return { id: as(change.client, () => store.create(object, change.fields)) };
    case 'UPDATE':
      as(change.client, () => store.update(object, change.id, change.fields));
      return { id: change.id };
    case 'DELETE':
      as(change.client, () => store.remove(object, change.id));
      return { id: change.id };
    default:
      push.gap(object, change.ids, change.type);
      return {};
  }
}
