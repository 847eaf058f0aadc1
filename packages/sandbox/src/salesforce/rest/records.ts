import type { VendorReply } from '../../vendor/reply.ts';
import { methodNotAllowed, notFound, SalesforceError } from '../errors.ts';
import type { Json } from '../records/input.ts';
import { readId } from '../records/input.ts';
import type { Store } from '../records/store.ts';
import type { Field } from '../schema/fields.ts';
import type { SObject } from '../schema/objects.ts';
import { objectOfId } from '../schema/objects.ts';
import type { RunSoql } from '../soql/run.ts';
import { etagOf, judgeConditions } from './conditions.ts';
import type { DataRequest } from './request.ts';
import { ok, requireObjectBody } from './request.ts';

export interface Records {
  create(object: SObject, request: DataRequest, basePath: string): VendorReply;
  /** One record by its id. */
  byId(object: SObject, id: string, request: DataRequest, basePath: string): VendorReply;
  /** One record by a field that identifies it; writing to a value that nobody has creates the record. */
  byField(object: SObject, fieldName: string, value: string, request: DataRequest, basePath: string): VendorReply;
  /** The record, or the list of records, at the other end of a relationship. */
  related(object: SObject, id: string, relation: string, request: DataRequest, basePath: string): VendorReply;
}

export const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

export function createRecords(store: Store, run: RunSoql): Records {
  function requireRecord(object: SObject, id: string): Json {
    const record = store.read(object, id);
    if (record) return record;
    if (store.state(object, id) === 'deleted')
      throw new SalesforceError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
    throw notFound();
  }

  function show(object: SObject, id: string, fields: string | null, basePath: string): Json {
    const names = fields
      ? fields.split(',').map((name) => name.trim())
      : [...object.fields.values()].map(({ name }) => name);
    const unknown = names.find((name) => !name.includes('.') && !object.fields.has(name.toLowerCase()));
    if (unknown !== undefined) {
      throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${unknown}' on sobject of type ${object.name}`);
    }
    const all = names.some((name) => name.toLowerCase() === 'id') ? names : ['Id', ...names];
    const [found] = run(`SELECT ${all.join(', ')} FROM ${object.name} WHERE Id = ${quote(id)}`, basePath).records;
    if (!found) throw notFound();
    return found;
  }

  function update(object: SObject, id: string, body: unknown) {
    const input = requireObjectBody(body);
    store.update(object, id, input);
  }

  const records: Records = {
    create(object, { body }, basePath) {
      const id = store.create(object, requireObjectBody(body));
      return {
        status: 201,
        headers: { Location: `${basePath}/sobjects/${object.name}/${id}` },
        body: { id, success: true, errors: [] },
      };
    },

    byId(object, idText, request, basePath) {
      const id = readId(idText);
      if (id === undefined) {
        const message = `Provided external ID field does not exist or is not accessible: ${idText}`;
        throw new SalesforceError(404, 'NOT_FOUND', message);
      }
      switch (request.method) {
        case 'GET':
        case 'HEAD': {
          const record = requireRecord(object, id);
          const unchanged = judgeConditions(request, object.name, record);
          if (unchanged) return unchanged;
          const modified = new Date(String(record.LastModifiedDate ?? record.SystemModstamp ?? 0)).toUTCString();
          const headers = { 'Last-Modified': modified, ...(object.name === 'Account' && { ETag: etagOf(record) }) };
          return { ...ok(show(object, id, request.url.searchParams.get('fields'), basePath)), headers };
        }
        case 'PATCH':
          judgeConditions(request, object.name, requireRecord(object, id));
          update(object, id, request.body);
          return { status: 204 };
        case 'DELETE':
          store.remove(object, id);
          return { status: 204 };
        default:
          throw methodNotAllowed('HEAD,GET,PATCH,DELETE');
      }
    },

    byField(object, fieldName, value, request, basePath) {
      const field = requireKey(object, fieldName);
      const [id, ...others] = store.byExternalId(object, field, value);
      if (others.length > 0) {
        const urls = [id, ...others].map((each) => `${basePath}/sobjects/${object.name}/${each}`);
        return { status: 300, body: urls };
      }
      if (id !== undefined && request.method !== 'PATCH') return records.byId(object, id, request, basePath);
      if (request.method !== 'PATCH') throw notFound();

      if (id !== undefined) {
        judgeConditions(request, object.name, requireRecord(object, id));
        update(object, id, request.body);
        return ok({ id, success: true, errors: [], created: false });
      }
      if (request.url.searchParams.get('updateOnly') === 'true') throw notFound();
      const input = { ...requireObjectBody(request.body), [field.name]: value };
      const created = records.create(object, { ...request, body: input }, basePath);
      return { ...created, body: { ...(created.body as Json), created: true } };
    },

    related(object, idText, relation, request, basePath) {
      if (request.method !== 'GET') throw methodNotAllowed('HEAD,GET');
      const id = readId(idText);
      if (id === undefined) throw notFound();
      const record = requireRecord(object, id);
      const fieldNames = request.url.searchParams.get('fields');
      const child = object.children.get(relation.toLowerCase());
      if (child) {
        const fields = fieldNames ?? 'FIELDS(ALL)';
        const where = `${child.field} = ${quote(id)}${fieldNames ? '' : ' LIMIT 200'}`;
        const { records: found } = run(`SELECT ${fields} FROM ${child.object} WHERE ${where}`, basePath);
        return ok({ totalSize: found.length, done: true, records: found });
      }
      const parent = object.parents.get(relation.toLowerCase());
      const parentId = parent && record[parent.field];
      if (typeof parentId !== 'string') throw notFound();
      const target = objectOfId(parentId);
      if (!target) throw notFound();
      return ok(show(target, parentId, fieldNames, basePath));
    },
  };
  return records;
}

function requireKey(object: SObject, name: string): Field {
  const field = object.fields.get(name.toLowerCase());
  if (field && (field.externalId || field.name === 'Id')) return field;
  const message = `Provided external ID field does not exist or is not accessible: ${name}`;
  throw new SalesforceError(404, 'NOT_FOUND', message);
}
