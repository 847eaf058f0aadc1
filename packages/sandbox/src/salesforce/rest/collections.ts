import type { VendorReply } from '../../vendor/reply.ts';
import { methodNotAllowed, notFound, SalesforceError } from '../errors.ts';
import type { Json } from '../records/input.ts';
import { readId } from '../records/input.ts';
import type { Store } from '../records/store.ts';
import type { SObject } from '../schema/objects.ts';
import { findObject, objectOfId } from '../schema/objects.ts';
import type { RunSoql } from '../soql/run.ts';
import {
  checkCount,
  malformedId,
  maxRetrieved,
  readBody,
  retrieveSchema,
  rolledBack,
  takeId,
} from './collection-body.ts';
import type { PartialFailure } from './partial.ts';
import { quote } from './records.ts';
import type { DataRequest, ItemError } from './request.ts';
import { badInput, itemError, ok } from './request.ts';

interface Result {
  id?: string;
  success: boolean;
  errors: ItemError[];
  created?: boolean;
}

/** Up to 200 records in one call, written or read. */
export interface Collections {
  answer(parts: string[], request: DataRequest, basePath: string): VendorReply;
}

export function createCollections(store: Store, run: RunSoql, partial: PartialFailure): Collections {
  /** Each piece of work is its own transaction; with `allOrNone` they are one, taken back when any fails. */
  function each(allOrNone: boolean, works: (() => Result)[]): Result[] {
    const results: Result[] = [];
    const undo = new Error('taken back');
    try {
      store.transaction(() => {
        for (const work of works) results.push(attempt(work));
        if (allOrNone && results.some(({ success }) => !success)) throw undo;
      });
    } catch (error) {
      if (error !== undo) throw error;
      return results.map((result) => (result.success ? { ...result, success: false, errors: [rolledBack] } : result));
    }
    return results;
  }

  function attempt(work: () => Result): Result {
    try {
      return store.transaction(work);
    } catch (error) {
      return { success: false, errors: [itemError(error)] };
    }
  }

  function requireType(record: { attributes?: { type: string } | undefined }): SObject {
    const type = record.attributes?.type;
    const object = type === undefined ? undefined : findObject(type);
    if (object) return object;
    const message = `sObject type '${type ?? ''}' is not supported.`;
    throw new SalesforceError(400, 'INVALID_TYPE', message);
  }

  function create(request: DataRequest): Result[] {
    const { allOrNone, records } = readBody(request.body);
    return each(
      allOrNone,
      records.map((record) => () => {
        partial.write();
        return { id: store.create(requireType(record), record), success: true, errors: [] };
      }),
    );
  }

  function update(request: DataRequest): Result[] {
    const { allOrNone, records } = readBody(request.body);
    return each(
      allOrNone,
      records.map((record) => () => {
        const { given, rest } = takeId(record);
        if (given === undefined) {
          throw new SalesforceError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call', []);
        }
        const id = readId(given);
        if (id === undefined) throw malformedId(given);
        partial.write(id);
        store.update(requireType(record), id, rest);
        return { id, success: true, errors: [] };
      }),
    );
  }

  function upsert(type: string, fieldName: string, request: DataRequest): Result[] {
    const object = findObject(type);
    const field = object?.fields.get(fieldName.toLowerCase());
    if (!object || !field || !(field.externalId || field.name === 'Id')) throw notFound();
    const { allOrNone, records } = readBody(request.body);
    return each(
      allOrNone,
      records.map((record) => () => {
        const { given, rest } = takeId(record);
        const key = Object.keys(rest).find((name) => name.toLowerCase() === fieldName.toLowerCase());
        const value = field.name === 'Id' ? given : key === undefined ? undefined : rest[key];
        if (value === undefined && field.name !== 'Id') {
          throw new SalesforceError(400, 'MISSING_ARGUMENT', `${field.name} not specified`, []);
        }
        const [id, other] = value === undefined ? [] : store.byExternalId(object, field, value);
        if (other) {
          const message = `${field.name}: more than one record found for external id field: [${id}, ${other}]`;
          throw new SalesforceError(400, 'DUPLICATE_EXTERNAL_ID', message, [field.name]);
        }
        partial.write(id);
        if (id === undefined) return { id: store.create(object, rest), success: true, errors: [], created: true };
        store.update(object, id, rest);
        return { id, success: true, errors: [], created: false };
      }),
    );
  }

  function remove({ url }: DataRequest): Result[] {
    const ids = (url.searchParams.get('ids') ?? '').split(',').filter(Boolean);
    checkCount(ids);
    return each(
      url.searchParams.get('allOrNone') === 'true',
      ids.map((text) => () => {
        const id = readId(text.trim());
        const object = id === undefined ? undefined : objectOfId(id);
        if (id === undefined || !object) throw malformedId(text);
        partial.write(id);
        store.remove(object, id);
        return { id, success: true, errors: [] };
      }),
    );
  }

  function retrieve(type: string, ids: string[], fields: string[], basePath: string): (Json | null)[] {
    const object = findObject(type);
    if (!object) throw notFound();
    checkCount(ids, maxRetrieved);
    const known = ids.map((id) => readId(id));
    const wrong = ids.find((_, index) => known[index] === undefined);
    if (wrong !== undefined) throw new SalesforceError(400, 'MALFORMED_ID', `malformed id ${wrong}`);
    const names = ['Id', ...fields.filter((name) => name.toLowerCase() !== 'id')];
    const list = known.map((id) => quote(id ?? '')).join(', ');
    const { records } = run(`SELECT ${names.join(', ')} FROM ${object.name} WHERE Id IN (${list})`, basePath);
    const byId = new Map(records.map((record) => [record.Id, record]));
    return known.map((id) => byId.get(id) ?? null);
  }

  return {
    answer(parts, request, basePath) {
      const { method, url } = request;
      const [type = '', fieldName = ''] = parts;
      if (parts.length === 0) {
        if (method === 'POST') return ok(create(request));
        if (method === 'PATCH') return ok(update(request));
        if (method === 'DELETE') return ok(remove(request));
        throw methodNotAllowed('POST,PATCH,DELETE');
      }
      if (parts.length === 2 && method === 'PATCH') return ok(upsert(type, fieldName, request));
      if (parts.length === 1 && method === 'GET') {
        const list = (name: string) => (url.searchParams.get(name) ?? '').split(',').filter(Boolean);
        return ok(retrieve(type, list('ids'), list('fields'), basePath));
      }
      if (parts.length === 1 && method === 'POST') {
        const { success, data } = retrieveSchema.safeParse(request.body);
        if (!success) throw badInput('ids and fields are required');
        return ok(retrieve(type, data.ids, data.fields, basePath));
      }
      throw parts.length > 2 ? notFound() : methodNotAllowed(parts.length === 2 ? 'PATCH' : 'GET,POST');
    },
  };
}
