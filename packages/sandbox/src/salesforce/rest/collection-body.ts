import { z } from 'zod';
import { SalesforceError } from '../errors.ts';
import type { Json } from '../records/input.ts';
import type { ItemError } from './request.ts';
import { badInput } from './request.ts';

const bodySchema = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(z.looseObject({ attributes: z.looseObject({ type: z.string() }).optional() })),
});
export const retrieveSchema = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

const maxRecords = 200;
export const maxRetrieved = 2000;

export const rolledBack: ItemError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

export const malformedId = (id: string) => new SalesforceError(400, 'MALFORMED_ID', `malformed id ${id}`, []);

export function checkCount(items: unknown[], most = maxRecords) {
  if (items.length <= most) return;
  const message = `record limit reached. cannot submit more than ${most} records into this call`;
  throw new SalesforceError(400, 'EXCEEDED_ID_LIMIT', message);
}

export function readBody(body: unknown) {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));
  checkCount(parsed.data.records);
  return parsed.data;
}

export function takeId(record: Json): { given: string | undefined; rest: Json } {
  const key = Object.keys(record).find((name) => name.toLowerCase() === 'id');
  const { [key ?? '']: given, ...rest } = record;
  return { given: given === undefined || given === null ? undefined : String(given), rest };
}
