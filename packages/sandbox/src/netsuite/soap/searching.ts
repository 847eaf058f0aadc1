import type { DatabaseSync } from 'node:sqlite';
import type { Control } from '../../vendor/control.ts';
import { status } from './envelope.ts';
import { StatusError } from './errors.ts';
import { recordDefinitions } from './fields.ts';
import type { SearchJob, SearchJobs } from './jobs.ts';
import { namespaceOf } from './namespaces.ts';
import type { RecordReader } from './records.ts';
import { definitionOfType, writeRecord } from './records.ts';
import { selectColumns, writeRow } from './rows.ts';
import { readSearch } from './search.ts';
import type { Xml, XmlNode } from './xml.ts';
import { child, element } from './xml.ts';

interface SearchParts {
  db: DatabaseSync;
  control: Control;
  jobs: SearchJobs;
  reader: RecordReader;
  today: string;
}

export interface Searching {
  /** A search whose pages have up to 1000 records, or as many as an asynchronous one may have. */
  search(version: string, searchId: string, header: XmlNode | undefined, request: XmlNode, maxPageSize?: number): Xml;
  more(version: string, request: XmlNode): Xml;
  page(version: string, searchId: string, pageIndex: number): Xml;
}

/** `search` and `searchMoreWithId`: every page runs the query again, as the vendor does. */
export function createSearching({ db, control, jobs, reader, today }: SearchParts): Searching {
  const readPage = (version: string, { plan, withLines }: SearchJob, limit: number, offset: number): Xml => {
    const paging = `ORDER BY ${plan.order} LIMIT ? OFFSET ?`;
    if (plan.columns) {
      const { columns } = plan;
      const rows = db.prepare(`SELECT ${selectColumns(plan.name, columns)} ${plan.from} ${paging}`);
      const found = control.scramble(rows.all(...plan.values, limit, offset));
      const written = found.map((row) => writeRow(plan.name, version, columns, row));
      const attributes = { 'xmlns:platformCommon': namespaceOf('platformCommon', version) };
      return element('platformCore:searchRowList', attributes, ...written);
    }
    const type = plan.name === 'Transaction' ? 'r.type' : 'NULL AS type';
    const keys = db.prepare(`SELECT r.id, ${type} ${plan.from} ${paging}`).all(...plan.values, limit, offset);
    return element('platformCore:recordList', {}, ...readRecords(version, plan.name, keys, withLines));
  };

  const readRecords = (version: string, name: string, keys: Record<string, unknown>[], withLines: boolean): Xml[] => {
    const byType = Map.groupBy(keys, ({ type }) => type);
    const found = new Map(
      [...byType].flatMap(([type, some]) => {
        const definition =
          type === null ? recordDefinitions.find((each) => each.name === name) : definitionOfType(String(type));
        const ids = some.map(({ id }) => Number(id));
        return definition ? [...reader.load(definition, 'id', ids, withLines)] : [];
      }),
    );
    const records = keys.map(({ id }) => found.get(String(id))).filter((record) => record !== undefined);
    return control.scramble(records).map((record) => writeRecord('platformCore:record', version, record));
  };

  const writePage = (version: string, searchId: string, job: SearchJob, pageIndex: number): Xml => {
    const { plan, pageSize } = job;
    const total = Number(db.prepare(`SELECT COUNT(*) AS total ${plan.from}`).get(...plan.values)?.total);
    const totalPages = Math.ceil(total / pageSize);
    if (pageIndex < 1 || pageIndex > Math.max(1, totalPages)) {
      throw new StatusError('INVALID_SEARCH_PAGE_INDEX', `The page index must be from 1 to ${totalPages}.`);
    }
    const number = (name: string, value: number) => element(`platformCore:${name}`, {}, value);
    return wrap(
      version,
      status(version, null),
      number('totalRecords', total),
      number('pageSize', pageSize),
      number('totalPages', totalPages),
      number('pageIndex', pageIndex),
      element('platformCore:searchId', {}, searchId),
      readPage(version, job, pageSize, (pageIndex - 1) * pageSize),
    );
  };

  const orStatus = (version: string, work: () => Xml): Xml => {
    try {
      return work();
    } catch (error) {
      if (error instanceof StatusError) return wrap(version, status(version, error));
      throw error;
    }
  };

  const page = (version: string, searchId: string, pageIndex: number) =>
    orStatus(version, () =>
      writePage(version, searchId, jobs.get(searchId), Number.isInteger(pageIndex) ? pageIndex : 0),
    );

  return {
    search: (version, searchId, header, request, maxPageSize = 1000) =>
      orStatus(version, () => {
        const preferences = child(header, 'searchPreferences');
        const wants = (name: string) => !/^(false|0)$/i.test(child(preferences, name)?.text ?? '');
        const plan = readSearch(child(request, 'searchRecord'), wants('returnSearchColumns'), today);
        const job = {
          plan,
          pageSize: readPageSize(child(preferences, 'pageSize'), maxPageSize),
          withLines: !wants('bodyFieldsOnly'),
        };
        const page = writePage(version, searchId, job, 1);
        jobs.add(searchId, job);
        return page;
      }),
    more(version, request) {
      const searchId = child(request, 'searchId')?.text ?? '';
      return page(version, searchId, Number(child(request, 'pageIndex')?.text));
    },
    page,
  };
}

function readPageSize(node: XmlNode | undefined, most: number): number {
  if (!node || node.text === '') return 1000;
  const size = Number(node.text);
  if (Number.isInteger(size) && size >= 5 && size <= most) return size;
  throw new StatusError('INVALID_SEARCH_PAGE_SIZE', `The page size must be from 5 to ${most}.`);
}

const wrap = (version: string, ...contents: Xml[]) =>
  element('platformCore:searchResult', { 'xmlns:platformCore': namespaceOf('platformCore', version) }, ...contents);
