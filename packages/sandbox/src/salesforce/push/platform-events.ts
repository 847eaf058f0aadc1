import { randomUUID } from 'node:crypto';
import type { VendorReply } from '../../vendor/reply.ts';
import { SalesforceError } from '../errors.ts';
import { userId } from '../org.ts';
import type { Json } from '../records/input.ts';
import { requireObjectBody } from '../rest/request.ts';
import type { Bus } from './bus.ts';
import { schemaOf } from './change-events.ts';

/** The events that this org has defined, each with its text fields. */
const definitions = new Map([['Customer_Signal__e', ['Account_Id__c', 'Kind__c', 'Message__c']]]);

export const isEvent = (name: string) => definitions.has(name);

/** Checks and publishes an event; undefined when the org has none of that name. */
export function publishEvent(
  bus: Bus,
  later: (work: () => void) => void,
  name: string,
  body: unknown,
): VendorReply | undefined {
  const known = [...definitions.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
  const fields = known && definitions.get(known);
  if (!fields) return undefined;
  const values: Json = Object.fromEntries(fields.map((field) => [field, null]));
  for (const [key, value] of Object.entries(requireObjectBody(body))) {
    if (key === 'attributes') continue;
    const field = fields.find((each) => each.toLowerCase() === key.toLowerCase());
    if (!field) throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${key}' on sobject of type ${known}`);
    values[field] = value;
  }
  const uuid = randomUUID();
  const payload = { ...values, CreatedById: userId, CreatedDate: new Date().toISOString() };
  later(() =>
    bus.publish([`/event/${known}`], (replayId) => ({
      schema: schemaOf(known),
      payload,
      event: { EventUuid: uuid, replayId },
    })),
  );
  const enqueued = { statusCode: 'OPERATION_ENQUEUED', message: uuid, fields: [] };
  return { status: 201, body: { id: 'e00xx0000000001AAA', success: true, errors: [enqueued] } };
}
