import type { DatabaseSync } from 'node:sqlite';
import { readDateCondition } from './conditions.ts';
import { toDateTime } from './dates.ts';
import { status } from './envelope.ts';
import { StatusError } from './errors.ts';
import { namespaceOf } from './namespaces.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, children, element } from './xml.ts';

const pageSize = 1000;

/** `getDeleted`: what was deleted when, by record type and date. */
export function listDeleted(db: DatabaseSync, version: string, today: string, request: XmlNode): Xml {
  const wrap = (...contents: Xml[]) =>
    element(
      'platformCore:getDeletedResult',
      { 'xmlns:platformCore': namespaceOf('platformCore', version) },
      ...contents,
    );
  try {
    const filter = child(request, 'getDeletedFilter');
    const pageIndex = Number(child(request, 'pageIndex')?.text ?? 1);
    const types = children(child(filter, 'type'), 'searchValue').map(({ text }) => text.replace(/^_/, ''));
    const date = child(filter, 'deletedDate');
    const when = date ? readDateCondition(date, 'deleted_at', today) : { sql: '1 = 1', values: [] };
    const ofType = types.length > 0 ? 'type IN (SELECT value FROM json_each(?))' : '1 = 1';
    const rows = db
      .prepare(`SELECT * FROM ns_deleted WHERE ${when.sql} AND ${ofType} ORDER BY deleted_at, type, id`)
      .all(...when.values, ...(types.length > 0 ? [JSON.stringify(types)] : []));
    const totalPages = Math.ceil(rows.length / pageSize);
    if (!Number.isInteger(pageIndex) || pageIndex < 1 || pageIndex > Math.max(1, totalPages)) {
      throw new StatusError('INVALID_SEARCH_PAGE_INDEX', `The page index must be from 1 to ${totalPages}.`);
    }
    const number = (name: string, value: number) => element(`platformCore:${name}`, {}, value);
    const page = rows.slice((pageIndex - 1) * pageSize, pageIndex * pageSize);
    return wrap(
      status(version, null),
      number('totalRecords', rows.length),
      number('pageSize', pageSize),
      number('totalPages', totalPages),
      number('pageIndex', pageIndex),
      element('platformCore:deletedRecordList', {}, ...page.map(writeDeleted)),
    );
  } catch (error) {
    if (error instanceof StatusError) return wrap(status(version, error));
    throw error;
  }
}

function writeDeleted(row: Record<string, unknown>): Xml {
  const reference = {
    internalId: String(row.id),
    externalId: row.external_id as string | null,
    type: String(row.type),
    'xsi:type': 'platformCore:RecordRef',
  };
  return element(
    'platformCore:deletedRecord',
    {},
    element('platformCore:deletedDate', {}, toDateTime(String(row.deleted_at))),
    element('platformCore:record', reference, element('platformCore:name', {}, String(row.name))),
  );
}
