import type { RecordStore } from '../writing/store.ts';
import { writableType } from '../writing/types.ts';
import { partOf } from './drafts.ts';
import { status } from './envelope.ts';
import { StatusError } from './errors.ts';
import type { RecordReader } from './records.ts';
import { definitionOf, writeRecord } from './records.ts';
import { asStatus } from './writes.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, children, element } from './xml.ts';

/** `initialize`: the record that another one would turn into, not yet kept. */
export function initialise(store: RecordStore, reader: RecordReader, version: string, request: XmlNode): Xml {
  return preview(store, reader, version, child(request, 'initializeRecord'));
}

/** `initializeList`: each with its own status. */
export function initialiseMany(store: RecordStore, reader: RecordReader, version: string, request: XmlNode): Xml {
  const wanted = children(request, 'initializeRecord');
  return element(
    'readResponseList',
    {},
    status(version, null, true),
    ...wanted.map((each) => preview(store, reader, version, each)),
  );
}

function preview(store: RecordStore, reader: RecordReader, version: string, wanted: XmlNode | undefined): Xml {
  const reference = child(wanted, 'reference');
  try {
    const target = writableType(child(wanted, 'type')?.text ?? '');
    const source = writableType((reference && partOf(reference, 'type')) ?? '');
    const definition = definitionOf(target?.name ?? '');
    if (!target || !source || !definition || !reference) {
      throw new StatusError('INVALID_INITIALIZE_ARG', 'This record cannot be initialized from that reference.');
    }
    const [key, externalId] = [partOf(reference, 'internalId'), partOf(reference, 'externalId')];
    const id = store.find(source, key === undefined ? { externalId: externalId ?? '' } : { id: key });
    if (id === null) throw new StatusError('RCRD_DSNT_EXIST', 'That record does not exist.');
    const shown = store.preview(source, id, target, (made) => {
      const record = reader.load(definition, 'id', [made], true).get(String(made));
      const unsaved = record && { ...record, row: { ...record.row, id: null, tranid: null } };
      return unsaved ? writeRecord('record', version, unsaved) : null;
    });
    return element('readResponse', {}, status(version, null, true), shown);
  } catch (error) {
    return element('readResponse', {}, status(version, asStatus(error), true));
  }
}
