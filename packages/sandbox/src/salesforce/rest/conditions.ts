import { createHash } from 'node:crypto';
import type { VendorReply } from '../../vendor/reply.ts';
import { SalesforceError } from '../errors.ts';
import type { Json } from '../records/input.ts';
import type { DataRequest } from './request.ts';

const header = ({ headers }: DataRequest, name: string) => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

export const etagOf = (record: Json) =>
  `"${createHash('sha1').update(JSON.stringify(record)).digest('base64url').slice(0, 22)}"`;

const names = (tags: string, etag: string) =>
  tags
    .split(',')
    .map((tag) =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/--gzip"$/, '"'),
    )
    .some((tag) => tag === '*' || tag === etag);

const toSecond = (time: number) => Math.floor(time / 1000);

/**
 * Judges the conditional headers of a request for one record: undefined to go on, otherwise the 304 to answer with.
 * Only accounts have entity tags. @throws {SalesforceError} 412
 */
export function judgeConditions(request: DataRequest, type: string, record: Json): VendorReply | undefined {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const modified = toSecond(Date.parse(String(record.LastModifiedDate ?? record.SystemModstamp ?? 0)));
  const failed = new SalesforceError(412, 'PRECONDITION_FAILED', 'The precondition of the request is not met');

  if (type === 'Account') {
    const etag = etagOf(record);
    const match = header(request, 'if-match');
    const noneMatch = header(request, 'if-none-match');
    if (match !== undefined && !names(match, etag)) throw failed;
    if (noneMatch !== undefined && names(noneMatch, etag)) {
      if (reading) return { status: 304, headers: { ETag: etag } };
      throw failed;
    }
  }
  const since = Date.parse(header(request, 'if-modified-since') ?? '');
  const unmodified = Date.parse(header(request, 'if-unmodified-since') ?? '');
  if (!Number.isNaN(unmodified) && modified > toSecond(unmodified)) throw failed;
  if (!Number.isNaN(since) && modified <= toSecond(since)) {
    if (reading) return { status: 304 };
    throw failed;
  }
  return undefined;
}

/** 304 when what changes only with the org itself has not changed since the client asked last. */
export function unchangedSince(request: DataRequest, changed: Date): boolean {
  const since = Date.parse(header(request, 'if-modified-since') ?? '');
  return !Number.isNaN(since) && toSecond(changed.getTime()) <= toSecond(since);
}
