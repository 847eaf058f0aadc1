import { z } from 'zod';
import type { VendorReply } from '../../vendor/reply.ts';
import { methodNotAllowed, notFound, SalesforceError } from '../errors.ts';
import type { Json } from '../records/input.ts';
import type { Store } from '../records/store.ts';
import type { SObject } from '../schema/objects.ts';
import { findObject } from '../schema/objects.ts';
import type { DataRequest, ItemError } from './request.ts';
import { badInput, itemError } from './request.ts';

const recordSchema = z.looseObject({ attributes: z.looseObject({ type: z.string(), referenceId: z.string() }) });
const listSchema = z.object({ records: z.array(recordSchema) });
type TreeRecord = z.output<typeof recordSchema>;

const maxRecords = 200;
const maxDepth = 5;

/** Creates records with their children, all or none. */
export function answerTree(store: Store, type: string, { method, body }: DataRequest): VendorReply {
  if (method !== 'POST') throw methodNotAllowed('POST');
  const root = findObject(type);
  if (!root) throw notFound();
  const parsed = listSchema.safeParse(body);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));

  const created: { referenceId: string; id: string }[] = [];
  const failed: { referenceId: string; errors: ItemError[] }[] = [];
  const seen = new Set<string>();
  const undo = new Error('taken back');

  function write(record: TreeRecord, expected: SObject, link: Json, depth: number) {
    const { type: own, referenceId } = record.attributes;
    if (depth > maxDepth || seen.size >= maxRecords) {
      throw new SalesforceError(400, 'LIMIT_EXCEEDED', `A tree has up to ${maxRecords} records on ${maxDepth} levels.`);
    }
    if (seen.has(referenceId)) {
      failed.push({
        referenceId,
        errors: [error('INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${referenceId}`)],
      });
      return;
    }
    seen.add(referenceId);
    const { fields, lists } = split(record, expected);
    try {
      if (own.toLowerCase() !== expected.name.toLowerCase()) {
        throw new SalesforceError(400, 'INVALID_INPUT', `${own} is not the type expected here: ${expected.name}`);
      }
      const id = store.create(expected, { ...fields, ...link });
      created.push({ referenceId, id });
      for (const { object, field, records } of lists) {
        for (const child of records) write(child, object, { [field]: id }, depth + 1);
      }
    } catch (problem) {
      failed.push({ referenceId, errors: [itemError(problem)] });
    }
  }

  try {
    store.transaction(() => {
      for (const record of parsed.data.records) write(record, root, {}, 1);
      if (failed.length > 0) throw undo;
    });
  } catch (problem) {
    if (problem !== undo) throw problem;
    return { status: 400, body: { hasErrors: true, results: failed } };
  }
  return { status: 201, body: { hasErrors: false, results: created } };
}

const error = (statusCode: string, message: string): ItemError => ({ statusCode, message, fields: [] });

interface ChildList {
  object: SObject;
  field: string;
  records: TreeRecord[];
}

/** Tells the lists of children in a record from its fields. */
function split(record: TreeRecord, object: SObject): { fields: Json; lists: ChildList[] } {
  const fields: Json = {};
  const lists: ChildList[] = [];
  for (const [name, value] of Object.entries(record)) {
    const child = object.children.get(name.toLowerCase());
    const childObject = child && findObject(child.object);
    const parsed = childObject ? listSchema.safeParse(value) : undefined;
    if (child && childObject && parsed?.success) {
      lists.push({ object: childObject, field: child.field, records: parsed.data.records });
    } else {
      fields[name] = value;
    }
  }
  return { fields, lists };
}
