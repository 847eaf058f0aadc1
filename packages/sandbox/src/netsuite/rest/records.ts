import type { SQLInputValue } from 'node:sqlite';
import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { World } from '../../world/world.ts';
import { statusText } from '../display.ts';
import { customerSource, referenceNames } from '../sources.ts';
import type { RecordStore } from '../writing/store.ts';
import { answerCatalog } from './catalog.ts';
import { missing, RestError } from './errors.ts';
import type { Field, RecordType } from './fields.ts';
import { recordTypes } from './fields.ts';
import { collectionReply, readPage } from './paging.ts';
import { keyOf, recordPath } from './paths.ts';
import { readQuery } from './query-language.ts';
import { createSublists } from './sublists.ts';
import { createRecordWrites, writableTypeOf } from './writes.ts';

const singular = 'application/vnd.oracle.resource+json; type=singular; charset=UTF-8';

export interface Records {
  answer(request: VendorRequest): VendorReply;
}

type Row = Record<string, SQLInputValue>;

/** Record reads: lists of ids and links, and single records by internal or external id. */
export function createRecords({ db }: World, control: Control, store: RecordStore, now: () => number): Records {
  const sublists = createSublists(db);
  const writes = createRecordWrites(store, now);

  const list = (request: VendorRequest, record: RecordType): VendorReply => {
    const page = readPage(request.url);
    const query = request.url.searchParams.get('q') ?? '';
    const condition = query === '' ? { sql: '1 = 1', values: [] } : readQuery(query, record);
    const from = `FROM ${source(record)} r WHERE ${condition.sql}`;
    const total = Number(db.prepare(`SELECT COUNT(*) AS total ${from}`).get(...condition.values)?.total);
    const rows = db
      .prepare(`SELECT r.id ${from} ORDER BY r.id LIMIT ? OFFSET ?`)
      .all(...condition.values, page.limit, page.offset);
    const base = `${request.url.origin}${request.url.pathname}`;
    const items = control
      .scramble(rows)
      .map(({ id }) => ({ links: [{ rel: 'self', href: `${base}/${id}` }], id: String(id) }));
    return collectionReply(request.url, page, items, total);
  };

  const get = (request: VendorRequest, type: string, record: RecordType, key: string): VendorReply => {
    const { id, externalId = '' } = keyOf(key);
    // Lists such as currencies have no external ids.
    if (id === undefined && !('externalId' in record.fields)) throw missing(request.url);
    const fields = chooseFields(request.url, record);
    const columns = Object.entries(fields).flatMap(([name, field]) => select(name, field));
    const found = db
      .prepare(
        `SELECT r.id, ${columns.join(', ')} FROM ${source(record)} r WHERE r.${id === undefined ? 'externalid' : 'id'} = ?`,
      )
      .get(id ?? externalId) as Row | undefined;
    if (!found) throw missing(request.url);
    const self = `${request.url.origin}${recordPath}${type}/${found.id}`;
    const isSimple = request.url.searchParams.get('simpleEnumFormat') === 'true';
    const body: Record<string, unknown> = { links: [{ rel: 'self', href: self }], id: String(found.id) };
    for (const [name, field] of Object.entries(fields)) {
      const written =
        isSimple && field.kind === 'status'
          ? enumId(name, found, record.type)
          : write(name, field, found, record, request.url.origin);
      if (written !== null) body[name] = written;
    }
    const asked = request.url.searchParams.get('fields');
    for (const name of record.sublists ?? []) {
      if (!asked || asked.split(',').includes(name))
        body[name] = sublists.show(request.url, self, Number(found.id), name);
    }
    return { status: 200, headers: { 'content-type': singular }, body };
  };

  return {
    answer(request) {
      const [type = '', key = '', ...rest] = request.url.pathname.slice(recordPath.length).split('/').map(decode);
      if (type === 'metadata-catalog') return answerCatalog(request, key);
      const record = recordTypes.get(type);
      if (!record) {
        const detail = `The record type '${type}' does not exist.`;
        throw new RestError({ status: 404, code: 'NONEXISTENT_ID', detail, where: { 'o:errorUrl': request.url.href } });
      }
      if (request.method !== 'GET') return writes.answer(request, type, key, rest);
      if (key === '') return list(request, record);
      if (rest.length === 0) return get(request, type, record, key);
      const [name = '', line] = rest;
      const id = store.find(writableTypeOf(type), keyOf(key));
      if (id === null || !record.sublists?.includes(name as 'item')) throw missing(request.url);
      return sublists.answer(request.url, id, name as 'item' | 'apply', line);
    },
  };
}

function source({ view, type }: RecordType): string {
  if (type) return `(SELECT * FROM ${view} WHERE type = '${type}')`;
  return view === 'customer' ? customerSource : view;
}

function chooseFields(url: URL, record: RecordType): Record<string, Field> {
  const asked = url.searchParams.get('fields');
  if (asked === null || asked === '') return record.fields;
  const names = asked.split(',').map((name) => name.trim());
  return Object.fromEntries(Object.entries(record.fields).filter(([name]) => names.includes(name)));
}

function select(name: string, { column, kind }: Field): string[] {
  const own = `r.${column} AS "${name}"`;
  return kind === 'reference' ? [own, `${referenceNames[column]} AS "${name} text"`] : [own];
}

function write(name: string, { kind, target }: Field, row: Row, { type }: RecordType, origin: string): unknown {
  const value = row[name];
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'number':
      return Number(value);
    case 'boolean':
      return value === 'T';
    case 'status': {
      return { id: enumId(name, row, type), refName: statusText(type ?? '', String(value)) };
    }
    case 'reference': {
      const links = [{ rel: 'self', href: `${origin}${recordPath}${target}/${value}` }];
      return { links, id: String(value), refName: String(row[`${name} text`] ?? value) };
    }
    default:
      return String(value);
  }
}

function enumId(name: string, row: Row, type: string | undefined): string | null {
  const value = row[name];
  if (value === null || value === undefined) return null;
  return name === 'orderStatus' ? String(value) : statusText(type ?? '', String(value));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
