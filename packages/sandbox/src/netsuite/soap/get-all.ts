import type { DatabaseSync } from 'node:sqlite';
import { status } from './envelope.ts';
import { StatusError } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import type { RecordReader } from './records.ts';
import { definitionOf, writeRecord } from './records.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

/** `getAll`: every record of a small list. Currencies are the one that is modelled. */
export function readAll(db: DatabaseSync, reader: RecordReader, version: string, request: XmlNode): Xml {
  const wrap = (...contents: Xml[]) =>
    element('platformCore:getAllResult', { 'xmlns:platformCore': namespaceOf('platformCore', version) }, ...contents);
  const type = child(request, 'record')?.attributes.recordType ?? '';
  const definition = definitionOf('currency');
  if (type !== 'currency' || !definition) {
    return wrap(status(version, new StatusError('INVALID_RCRD_TYPE', `The record type ${type} cannot be listed.`)));
  }
  const ids = db.prepare('SELECT id FROM ns_currency ORDER BY id').all();
  const found = reader.load(
    definition,
    'id',
    ids.map(({ id }) => Number(id)),
    false,
  );
  const records = [...found.values()].map((record) => writeRecord('platformCore:record', version, record));
  return wrap(
    status(version, null),
    element('platformCore:totalRecords', {}, records.length),
    element('platformCore:recordList', {}, ...records),
  );
}

/** `getSavedSearch`: this account has saved none. */
export function listSavedSearches(version: string): Xml {
  return element(
    'platformCore:getSavedSearchResult',
    { 'xmlns:platformCore': namespaceOf('platformCore', version) },
    status(version, null),
    element('platformCore:totalRecords', {}, 0),
    element('platformCore:recordRefList', {}),
  );
}
