import type { Control } from '../../vendor/control.ts';
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
  wide: boolean;
}

const maxCursors = 200;
const widePage = 500;

/** Reads `batchSize=500` from `Sforce-Query-Options`; a hint, kept between 200 and 2,000. */
function batchSize(options = '', wide: boolean): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(options)?.[1] ?? 2000);
  return Math.min(Math.max(asked, 200), wide ? widePage : 2000);
}

export function createQueries(run: RunSoql, control: Control): Queries {
  const cursors = new Map<string, Cursor>();
  let opened = 0;

  function page(id: string, cursor: Cursor, from: number, basePath: string, options: string | undefined): QueryPage {
    const to = from + batchSize(options, cursor.wide);
    const done = to >= cursor.records.length;
    const records = cursor.records.slice(from, to);
    const { totalSize } = cursor;
    return done
      ? { totalSize, done, records }
      : { totalSize, done, nextRecordsUrl: `${basePath}/query/${id}-${to}`, records };
  }

  return {
    query(soql, basePath, options, all = false) {
      const answer = run(soql, basePath, all);
      const cursor = { ...answer, records: control.scramble(answer.records) };
      opened += 1;
      const id = salesforceId('01g', opened);
      const first = page(id, cursor, 0, basePath, options);
      if (!first.done) {
        const oldest = cursors.size >= maxCursors ? cursors.keys().next().value : undefined;
        if (oldest !== undefined) cursors.delete(oldest);
        cursors.set(id, cursor);
      }
      return first;
    },
    more(locator, basePath, options) {
      const [, id = '', from = ''] = /^(01g[a-zA-Z0-9]{15})-(\d+)$/.exec(locator) ?? [];
      const cursor = cursors.get(id);
      if (!cursor || Number(from) > cursor.records.length) {
        throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      }
      return page(id, cursor, Number(from), basePath, options);
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
