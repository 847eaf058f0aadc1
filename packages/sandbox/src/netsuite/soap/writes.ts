import type { Control } from '../../vendor/control.ts';
import { RecordProblem } from '../writing/problems.ts';
import type { RecordStore } from '../writing/store.ts';
import type { WritableType } from '../writing/types.ts';
import { writableType } from '../writing/types.ts';
import { partOf, readDraft } from './drafts.ts';
import { status } from './envelope.ts';
import { SoapFault, StatusError, unexpected } from './errors.ts';
import { recordDefinitions } from './fields.ts';
import { namespaceOf, xsiNamespace } from './namespaces.ts';
import type { Xml, XmlNode } from './xml.ts';
import { children, element } from './xml.ts';

interface Written {
  type: WritableType;
  id: number;
  externalId: string | null;
}

type Write = (store: RecordStore, node: XmlNode) => Written;

const written = (store: RecordStore, type: WritableType, id: number): Written => ({
  type,
  id,
  externalId: store.externalIdOf(type, id),
});

const writes: Record<string, Write> = {
  add(store, node) {
    const type = typeOfRecord(node);
    return written(store, type, store.add(type, readDraft(node)));
  },
  update(store, node) {
    const type = typeOfRecord(node);
    const id = locate(store, type, node);
    store.update(type, id, readDraft(node));
    return written(store, type, id);
  },
  upsert(store, node) {
    const type = typeOfRecord(node);
    const externalId = partOf(node, 'externalId');
    if (!externalId) throw new StatusError('USER_ERROR', 'An upsert takes a record with an external id.');
    const found = store.find(type, { externalId });
    if (found !== null) store.update(type, found, readDraft(node));
    return written(store, type, found ?? store.add(type, readDraft(node)));
  },
  delete(store, node) {
    const type = writableType(partOf(node, 'type') ?? '');
    if (!type) throw invalidType(partOf(node, 'type') ?? '');
    const gone = written(store, type, locate(store, type, node));
    store.remove(type, gone.id);
    return gone;
  },
};

const limits: Record<string, number> = { add: 200, update: 100, upsert: 100, delete: 200 };

/** `add`, `update`, `upsert`, `delete`: one record each. */
export function writeOne(store: RecordStore, version: string, name: string, request: XmlNode): Xml {
  const [node] = children(request, name === 'delete' ? 'baseRef' : 'record');
  return respond(store, version, name, node);
}

/** Their list forms: each record succeeds or fails on its own. */
export function writeMany(
  store: RecordStore,
  control: Control,
  version: string,
  name: string,
  request: XmlNode,
  isAsynchronous = false,
): Xml {
  const nodes = children(request, name === 'delete' ? 'baseRef' : 'record');
  const limit = (limits[name] ?? 0) * (isAsynchronous ? 2 : 1);
  if (nodes.length > limit) {
    throw new SoapFault('exceededRecordCountFault', 'MAX_RCRDS_EXCEEDED', `The maximum number of records is ${limit}.`);
  }
  const responses = nodes.map((node) =>
    control.failsPartly()
      ? element('writeResponse', {}, status(version, unexpected(), true))
      : respond(store, version, name, node),
  );
  return element('writeResponseList', {}, status(version, null, true), ...responses);
}

function respond(store: RecordStore, version: string, name: string, node: XmlNode | undefined): Xml {
  try {
    if (!node) throw new StatusError('USER_ERROR', 'The request holds no record.');
    const done = writes[name]?.(store, node);
    return element('writeResponse', {}, status(version, null, true), done ? baseRef(version, done) : null);
  } catch (error) {
    return element('writeResponse', {}, status(version, asStatus(error), true));
  }
}

/** A problem of a record as a status; anything else is thrown on. */
export function asStatus(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  if (error instanceof RecordProblem) return new StatusError(error.code, error.message);
  throw error;
}

function typeOfRecord({ xsiType }: XmlNode): WritableType {
  const definition = recordDefinitions.find(({ name }) => name === xsiType);
  const type = definition && writableType(definition.reference);
  if (xsiType === '') {
    const message = 'Record is abstract: the record has no xsi:type.';
    throw new SoapFault('unexpectedErrorFault', 'UNEXPECTED_ERROR', message);
  }
  if (!type) throw invalidType(xsiType);
  return type;
}

function locate(store: RecordStore, type: WritableType, node: XmlNode): number {
  const [id, externalId] = [partOf(node, 'internalId'), partOf(node, 'externalId')];
  const found = id ? store.find(type, { id }) : externalId ? store.find(type, { externalId }) : null;
  if (found === null) throw new StatusError('RCRD_DSNT_EXIST', 'That record does not exist.');
  return found;
}

const invalidType = (type: string) =>
  new StatusError('INVALID_RCRD_TYPE', `The record type ${type} cannot be written.`);

export function baseRef(version: string, { type, id, externalId }: Written): Xml {
  return element('baseRef', {
    internalId: String(id),
    externalId,
    type: type.name,
    'xsi:type': 'platformCore:RecordRef',
    'xmlns:platformCore': namespaceOf('platformCore', version),
    'xmlns:xsi': xsiNamespace,
  });
}
