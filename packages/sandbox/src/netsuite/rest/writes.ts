import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import { RecordProblem } from '../writing/problems.ts';
import type { RecordStore } from '../writing/store.ts';
import type { WritableType } from '../writing/types.ts';
import { writableType } from '../writing/types.ts';
import { readDraft } from './drafts.ts';
import { missing, notAllowed, RestError } from './errors.ts';
import { keyOf, recordPath } from './paths.ts';

export interface RecordWrites {
  answer(request: VendorRequest, type: string, key: string, rest: string[]): VendorReply;
}

const keyLifeMs = 24 * 60 * 60_000;

export function writableTypeOf(name: string): WritableType {
  const type = writableType(name);
  if (type) return type;
  throw new RestError({ status: 400, code: 'INVALID_REQUEST', detail: `The record type '${name}' cannot be written.` });
}

/** `POST`, `PATCH`, `PUT eid:`, `DELETE` and `!transform`: each answers 204 and where the record is. */
export function createRecordWrites(store: RecordStore, now: () => number): RecordWrites {
  const answered = new Map<string, { location: string; at: number }>();

  const locate = (request: VendorRequest, type: WritableType, key: string): number => {
    const found = store.find(type, keyOf(key));
    if (found === null) throw missing(request.url);
    return found;
  };

  const write = (request: VendorRequest, type: WritableType, key: string, rest: string[]): [WritableType, number] => {
    const validation = {
      names: String(request.headers['x-netsuite-propertynamevalidation'] ?? 'Warning'),
      values: String(request.headers['x-netsuite-propertyvaluevalidation'] ?? 'Error'),
    };
    const draft = (of = type) => readDraft(of, request.body, request.url, validation);
    const [action, targetName = ''] = rest;
    if (action === '!transform' && request.method === 'POST') {
      const target = writableTypeOf(targetName);
      return [target, store.transform(type, locate(request, type, key), target, draft(target))];
    }
    if (action !== undefined) throw notAllowed(request.method);
    switch (`${request.method} ${key === '' ? 'list' : /^eid:/i.test(key) ? 'eid' : 'id'}`) {
      case 'POST list':
        return [type, store.add(type, draft())];
      case 'PATCH id':
      case 'PATCH eid': {
        const id = locate(request, type, key);
        store.update(type, id, draft());
        return [type, id];
      }
      case 'PUT eid': {
        const { externalId = '' } = keyOf(key);
        const wanted = draft();
        const whole = { ...wanted, fields: { ...wanted.fields, externalId } };
        const found = store.find(type, { externalId });
        if (found !== null) store.update(type, found, whole);
        return [type, found ?? store.add(type, whole)];
      }
      case 'DELETE id':
      case 'DELETE eid': {
        const id = locate(request, type, key);
        store.remove(type, id);
        return [type, id];
      }
      default:
        throw notAllowed(request.method);
    }
  };

  return {
    answer(request, typeName, key, rest) {
      const type = writableTypeOf(typeName);
      const idempotencyKey = request.headers['x-netsuite-idempotency-key'];
      for (const [old, { at }] of answered) if (at < now() - keyLifeMs) answered.delete(old);
      const before = typeof idempotencyKey === 'string' ? answered.get(idempotencyKey) : undefined;
      if (before) throw repeated(before.location);
      try {
        const [written, id] = write(request, type, key, rest);
        const location = `${request.url.origin}${recordPath}${written.name}/${id}`;
        if (typeof idempotencyKey === 'string') answered.set(idempotencyKey, { location, at: now() });
        return { status: 204, ...(request.method === 'DELETE' ? {} : { headers: { location } }) };
      } catch (error) {
        if (error instanceof RecordProblem) throw asRest(error, request.url);
        throw error;
      }
    },
  };
}

const repeated = (location: string) =>
  new RestError({
    status: 400,
    code: 'IDEMPOTENCY_ERROR',
    detail: 'A request with the same idempotency key was submitted before. The Location header names what it made.',
    headers: { location },
  });

const contentCodes = new Set(['INVALID_DATE', 'INVALID_NUMBER']);

export function asRest({ code, message, path, value }: RecordProblem, url: URL): RestError {
  if (code === 'RCRD_DSNT_EXIST') return missing(url);
  const where = path === null ? {} : { 'o:errorPath': path };
  const wrong =
    value === null
      ? message
      : `You have entered an Invalid Field Value ${value} for the following field: ${path?.split('.').at(-1)}`;
  const detail = `Error while accessing a resource. ${wrong}`;
  const restCode = value !== null || contentCodes.has(code) ? 'INVALID_CONTENT' : 'USER_ERROR';
  return new RestError({ status: 400, code: restCode, detail, where });
}
