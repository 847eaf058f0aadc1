import type { Control } from '../../vendor/control.ts';
import { createRandom } from '../../world/random.ts';
import { salesforceId } from '../../world/salesforce-id.ts';
import { SalesforceError } from '../errors.ts';
import { findObject } from '../schema/objects.ts';
import type { Json, RunSoql } from '../soql/run.ts';
import { describeColumns } from './columns.ts';

export interface QueryPage {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: Json[];
}

/** Query answers in pages; the rest of a long answer waits behind a locator. */
export interface Queries {
  query(soql: string, basePath: string, options: string | undefined, all?: boolean): QueryPage;
  more(locator: string, basePath: string, options: string | undefined): QueryPage;
  /** How the query would be answered, without its records. */
  explain(soql: string): object;
  /** What the columns of the answer are. */
  columns(soql: string): object;
}

interface Cursor {
  records: Json[];
  totalSize: number;
  /** Names of the lists of children that the records have. */
  lists: string[];
  openedAt: number;
}

export interface QueriesOptions {
  run: RunSoql;
  control: Control;
  /** Share of pages that are shorter than asked although there is more. */
  shortPages: number;
  now: () => number;
}

/** So long a cursor can be read on. */
const lifeMs = 2 * 86_400_000;
/** Before version 56 a user may have this many open. */
const maxCursors = 10;
/** From then on it is a matter of our memory. */
const maxKeptRows = 500_000;
const fullPage = 2000;
/** Rows with children are wide: fewer of them come at once, and of one list of children fewer still. */
const widePage = 500;

interface PageSize {
  /** Rows on a page, children counted. */
  rows: number;
  parents: number;
  /** Children in one list. */
  children: number;
}

/** Reads `batchSize=500` from `Sforce-Query-Options`; a hint, kept between 200 and 2,000. */
function readSize(options = '', hasLists: boolean): PageSize {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(options)?.[1] ?? fullPage);
  const rows = Math.min(Math.max(asked, 200), fullPage);
  const parents = hasLists ? Math.min(rows, widePage) : rows;
  return { rows, parents, children: parents - 1 };
}

export function createQueries({ run, control, shortPages, now }: QueriesOptions): Queries {
  const cursors = new Map<string, Cursor>();
  const random = createRandom(1);
  let opened = 0;

  function open(cursor: Omit<Cursor, 'openedAt'>, basePath: string): string {
    const isOld = Number(/v(\d+)/.exec(basePath)?.[1]) < 56;
    let rows = cursor.records.length;
    for (const [index, id] of [...cursors.keys()].reverse().entries()) {
      rows += cursors.get(id)?.records.length ?? 0;
      if (index + 1 >= maxCursors && (isOld || rows > maxKeptRows)) cursors.delete(id);
    }
    opened += 1;
    const id = salesforceId('01g', opened);
    cursors.set(id, { ...cursor, openedAt: now() });
    return id;
  }

  /** A list of children that has no room on a page goes on behind a locator of its own. */
  function shorten(record: Json, { lists }: Pick<Cursor, 'lists'>, size: PageSize, basePath: string) {
    for (const name of lists) {
      const list = record[name] as QueryPage | null;
      const shown = size.children;
      if (!list || list.records.length <= shown) continue;
      const { totalSize, records } = list;
      const id = open({ records, totalSize, lists: [] }, basePath);
      const nextRecordsUrl = `${basePath}/query/${id}-${shown}`;
      record[name] = { totalSize, done: false, nextRecordsUrl, records: records.slice(0, shown) };
    }
  }

  function endOf({ records, lists }: Pick<Cursor, 'records' | 'lists'>, from: number, size: PageSize): number {
    const last = Math.min(records.length, from + size.parents);
    if (lists.length === 0) return last;
    let rows = 0;
    for (let at = from; at < last; at += 1) {
      const children = lists.map((name) => (records[at]?.[name] as QueryPage | null)?.records.length ?? 0);
      rows += 1 + children.reduce((sum, count) => sum + Math.min(count, size.children), 0);
      // A record that is too large for any page is alone on one.
      if (rows > size.rows) return Math.max(at, from + 1);
    }
    return last;
  }

  function page(
    cursor: Omit<Cursor, 'openedAt'>,
    id: string | undefined,
    from: number,
    basePath: string,
    options: string | undefined,
  ): QueryPage {
    const { records: all, totalSize } = cursor;
    const size = readSize(options, cursor.lists.length > 0);
    const full = endOf(cursor, from, size);
    const isShort = full < all.length && full - from > 1 && random.chance(shortPages);
    const to = isShort ? random.int(from + Math.ceil((full - from) / 2), full - 1) : full;
    const records = all.slice(from, to);
    for (const record of records) shorten(record, cursor, size, basePath);
    if (to >= all.length) return { totalSize, done: true, records };
    const locator = id ?? open(cursor, basePath);
    return { totalSize, done: false, nextRecordsUrl: `${basePath}/query/${locator}-${to}`, records };
  }

  return {
    query(soql, basePath, options, all = false) {
      const answer = run(soql, basePath, all);
      if (answer.aggregate && answer.records.length > fullPage) {
        const message =
          'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
        throw new SalesforceError(400, 'EXCEEDED_ID_LIMIT', message);
      }
      return page({ ...answer, records: control.scramble(answer.records) }, undefined, 0, basePath, options);
    },
    more(locator, basePath, options) {
      const [, id = '', from = ''] = /^(01g[a-zA-Z0-9]{15})-(\d+)$/.exec(locator) ?? [];
      const cursor = cursors.get(id);
      const expired = cursor !== undefined && now() - cursor.openedAt > lifeMs;
      if (expired) cursors.delete(id);
      if (!cursor || expired || Number(from) > cursor.records.length) {
        throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      }
      return page(cursor, id, Number(from), basePath, options);
    },
    explain(soql) {
      const { totalSize } = run(soql, '');
      const type = /\bFROM\s+(\w+)/i.exec(soql)?.[1] ?? '';
      const plan = {
        cardinality: totalSize,
        fields: [],
        leadingOperationType: 'TableScan',
        notes: [],
        relativeCost: 1,
        sobjectCardinality: totalSize,
        sobjectType: findObject(type)?.name ?? type,
      };
      return { plans: [plan], sourceQuery: soql };
    },
    columns: (soql) => describeColumns(soql),
  };
}
