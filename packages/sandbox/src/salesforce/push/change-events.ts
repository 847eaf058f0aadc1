import { createHash, randomUUID } from 'node:crypto';
import { userId } from '../org.ts';
import type { Json } from '../records/input.ts';
import type { Change } from '../records/store.ts';
import type { SObject } from '../schema/objects.ts';
import { allObjects } from '../schema/objects.ts';
import type { Bus } from './bus.ts';

/** Kinds of event without values: something changed, and the record has to be fetched. */
export const gapTypes = ['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE', 'GAP_OVERFLOW'] as const;
export type GapType = (typeof gapTypes)[number];

export interface ChangeEvents {
  /** Publishes the changes of one transaction that was over at an instant. */
  publish(changes: Change[], origin: string, at: number): void;
  publishGap(object: SObject, ids: string[], type: GapType, at: number): void;
}

export const changeChannels = new Map(
  allObjects()
    .filter(({ tracked }) => tracked)
    .map(({ name }) => [`/data/${name}ChangeEvent`, name]),
);
export const allChanges = '/data/ChangeEvents';

const hidden = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'FiscalYear',
  'FiscalQuarter',
  'Fiscal',
  'BillingAddress',
]);
const overflowId = '000000000000000AAA';

export const schemaOf = (name: string) => createHash('md5').update(name).digest('base64url').slice(0, 22);

interface Message {
  object: SObject;
  ids: string[];
  type: string;
  values: Json;
  changedFields: string[];
}

/** `maxChanges` is how many changes of one transaction are told one by one. */
export function createChangeEvents(bus: Bus, maxChanges: number): ChangeEvents {
  let commitNumber = 1_100_670_838_950;

  function send(messages: Message[], origin: string, at: number) {
    const transactionKey = randomUUID();
    const commitTimestamp = Math.floor(at / 1000) * 1000;
    commitNumber += 1;
    messages.forEach(({ object, ids, type, values, changedFields }, index) => {
      const header = {
        entityName: object.name,
        recordIds: ids,
        changeType: type,
        changeOrigin: origin,
        transactionKey,
        sequenceNumber: index + 1,
        commitTimestamp,
        commitNumber,
        commitUser: userId,
        changedFields,
      };
      bus.publish([`/data/${object.name}ChangeEvent`, allChanges], (replayId) => ({
        schema: schemaOf(object.name),
        payload: { ...values, ChangeEventHeader: header },
        event: { replayId },
      }));
    });
  }

  return {
    publish(changes, origin, at) {
      const tracked = changes.filter(({ object }) => object.tracked);
      const messages = merge(tracked.slice(0, maxChanges).map(toMessage));
      const untold = new Set(tracked.slice(maxChanges).map(({ object }) => object));
      messages.push(...[...untold].map((object) => gap(object, [], 'GAP_OVERFLOW')));
      if (messages.length > 0) send(messages, origin, at);
    },
    publishGap(object, ids, type, at) {
      send([gap(object, ids, type)], '', at);
    },
  };
}

const gap = (object: SObject, ids: string[], type: GapType): Message => ({
  object,
  ids: type === 'GAP_OVERFLOW' ? [overflowId] : ids,
  type,
  values: {},
  changedFields: [],
});

function toMessage({ type, object, id, before, after }: Change): Message {
  const message = { object, ids: [id], type };
  if (!after) return { ...message, values: {}, changedFields: [] };
  const names = Object.keys(after).filter((name) => !hidden.has(name) && !(object.person && name === 'Name'));
  const chosen = before
    ? names.filter(
        (name) => name === 'LastModifiedDate' || JSON.stringify(before[name]) !== JSON.stringify(after[name]),
      )
    : names.filter((name) => after[name] !== null);
  const values: Json = {};
  for (const name of chosen) place(values, pathOf(object, name), showValue(after[name]));
  return { ...message, values, changedFields: before ? chosen.map((name) => pathOf(object, name).join('.')) : [] };
}

/** Parts of an address or of a person's name are inside the whole. */
function pathOf(object: SObject, name: string): string[] {
  if (object.person && (name === 'FirstName' || name === 'LastName')) return ['Name', name];
  const [, whole, part] = /^(Billing|Mailing)(Street|City|State|PostalCode|Country)$/.exec(name) ?? [];
  return whole && part ? [`${whole}Address`, part] : [name];
}

function place(values: Json, [first = '', second]: string[], value: unknown) {
  if (second === undefined) values[first] = value;
  else values[first] = { ...(values[first] as Json | undefined), [second]: value };
}

const showValue = (value: unknown) => (typeof value === 'string' ? value.replace(/\.000\+0000$/, '.000Z') : value);

/**
 * The same change of several records in one transaction is one event. A record that changed in between keeps the
 * order of its own changes.
 */
function merge(messages: Message[]): Message[] {
  const merged: Message[] = [];
  const byContent = new Map<string, number>();
  const lastOf = new Map<string, number>();
  for (const message of messages) {
    const { object, type, values, changedFields, ids } = message;
    const key = JSON.stringify([object.name, type, values, changedFields, type === 'CREATE' ? ids : '']);
    const known = byContent.get(key);
    const index = known === undefined || ids.some((id) => (lastOf.get(id) ?? -1) >= known) ? merged.length : known;
    if (index === merged.length) merged.push({ ...message, ids: [...ids] });
    else merged[index]?.ids.push(...ids);
    byContent.set(key, index);
    for (const id of ids) lastOf.set(id, index);
  }
  return merged;
}
