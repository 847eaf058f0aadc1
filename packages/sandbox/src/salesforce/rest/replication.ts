import type { DatabaseSync } from 'node:sqlite';
import type { VendorReply } from '../../vendor/reply.ts';
import { SalesforceError } from '../errors.ts';
import type { SObject } from '../schema/objects.ts';
import { ok } from './request.ts';

const toText = (at: Date) => at.toISOString().replace(/\.\d+Z$/, '.000+0000');
const toStored = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z');

function readSpan(url: URL): [Date, Date] {
  const [start, end] = (['start', 'end'] as const).map((name) => {
    const text = url.searchParams.get(name)?.replace(/ (?=\d\d:?\d\d$)/, '+');
    if (!text) throw new SalesforceError(400, 'MISSING_ARGUMENT', `Missing required parameter: ${name}`);
    const at = new Date(text);
    if (Number.isNaN(at.getTime())) throw new SalesforceError(400, 'INVALID_DATE_FORMAT', `Invalid date: ${text}`);
    return at;
  }) as [Date, Date];
  if (start >= end) {
    throw new SalesforceError(400, 'INVALID_REPLICATION_DATE', 'startDate before endDate');
  }
  return [start, end];
}

/** Which records of an object were written between two instants. */
export function listUpdated(db: DatabaseSync, { table }: SObject, url: URL): VendorReply {
  const [start, end] = readSpan(url);
  const sql = `SELECT id FROM ${table} WHERE modified_at >= ? AND modified_at < ? ORDER BY id`;
  const rows = db.prepare(sql).all(toStored(start), toStored(end));
  return ok({ ids: rows.map(({ id }) => id), latestDateCovered: toText(end) });
}

/** Which records of an object were deleted between two instants. */
export function listDeleted(db: DatabaseSync, { table }: SObject, url: URL): VendorReply {
  const [start, end] = readSpan(url);
  const sql = `SELECT id, modified_at AS at FROM ${table}_deleted WHERE modified_at >= ? AND modified_at < ? ORDER BY id`;
  const rows = db.prepare(sql).all(toStored(start), toStored(end));
  return ok({
    deletedRecords: rows.map(({ id, at }) => ({ id, deletedDate: toText(new Date(String(at))) })),
    earliestDateAvailable: toText(new Date(Date.now() - 15 * 86_400_000)),
    latestDateCovered: toText(end),
  });
}
