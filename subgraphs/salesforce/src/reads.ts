import { UpstreamError } from '@customer360/kit/errors';
import { chunk, createLoader } from '@customer360/kit/loader';
import type { ZodType } from 'zod';
import type { SalesforceClient } from './client.ts';
import type { IdType } from './ids.ts';
import { isIdOf } from './ids.ts';
import type { Soql } from './query.ts';
import { soql } from './query.ts';
import type { Loaded, Page } from './records.ts';

type Identified = { Id: string };

/** Ways to read records for one request; everything asked in one tick is one call. */
export interface Reads {
  /** The records that a query finds, all of them; one that comes twice is kept once. @throws {UpstreamError} */
  list<Row extends Identified>(query: Soql, row: ZodType<Row>): Promise<(Row & Loaded)[]>;
  /** Records by id, all ids of a tick in one query; null for what Salesforce does not know. */
  byId<Row extends Identified>(
    type: IdType,
    select: Soql,
    row: ZodType<Row>,
  ): (id: string) => Promise<(Row & Loaded) | null>;
  /** Children of accounts, all accounts of a tick in one query; each account's list has its own order and limit. */
  childrenOf<Parent extends Identified, Row>(
    parent: ZodType<Parent>,
    pageOf: (parent: Parent) => Page | null | undefined,
    row: ZodType<Row>,
  ): (accountId: string, select: Soql) => Promise<(Row & Loaded)[]>;
}

/** A statement may hold 100,000 characters; an id takes 22 of them. */
const maxIdsPerQuery = 2000;

export function createReads(client: SalesforceClient, clock: () => Date): Reads {
  async function read<Row extends Identified>({ soql: text }: Soql, row: ZodType<Row>) {
    const loadedAt = clock();
    const { records, totalSize } = await client.query(text, row);
    const byId = new Map(records.map((record) => [record.Id, { ...record, loadedAt }]));
    return { rows: [...byId.values()], short: byId.size < totalSize };
  }

  /** Finds rows by id; a row that is missing from an answer shorter than it says is a failure, not an absence. */
  function finder<Row extends Identified, Value extends Identified>(
    queryFor: (ids: string[]) => Soql,
    row: ZodType<Row>,
    convert: (row: Row & Loaded) => Value | Promise<Value>,
  ): (id: string) => Promise<Value | null> {
    const doubtful = new Set<string>();
    const loader = createLoader<Value>({
      async load(ids) {
        const parts = chunk(ids, maxIdsPerQuery).map(async (some) => {
          const { rows, short } = await read(queryFor(some), row);
          if (short) for (const id of some) doubtful.add(id);
          return Promise.all(rows.map(convert));
        });
        return (await Promise.all(parts)).flat();
      },
      keyOf: ({ Id }) => Id,
    });
    return async (id) => {
      const found = await loader.load(id);
      if (!found && doubtful.has(id)) throw new UpstreamError('SALESFORCE', 'malformed', 'an answer lacks records');
      return found;
    };
  }

  return {
    async list(query, row) {
      const { rows, short } = await read(query, row);
      if (short) throw new UpstreamError('SALESFORCE', 'malformed', 'an answer lacks records');
      return rows;
    },
    byId(type, select, row) {
      const find = finder(
        (ids) => soql`SELECT ${select} WHERE Id IN ${ids}`,
        row,
        (record) => record,
      );
      return async (id) => (isIdOf(type, id) ? find(id) : null);
    },
    childrenOf<Parent extends Identified, Row>(
      parent: ZodType<Parent>,
      pageOf: (parent: Parent) => Page | null | undefined,
      row: ZodType<Row>,
    ) {
      const createFind = (select: string) =>
        finder(
          (ids) => soql`SELECT Id, (SELECT ${{ soql: select }}) FROM Account WHERE Id IN ${ids}`,
          parent,
          async (record) => {
            const rows = await client.children(pageOf(record), row);
            return { Id: record.Id, rows: rows.map((child) => ({ ...child, loadedAt: record.loadedAt })) };
          },
        );
      const finds = new Map<string, ReturnType<typeof createFind>>();

      return async (accountId, select) => {
        if (!isIdOf('account', accountId)) return [];
        const find = finds.get(select.soql) ?? createFind(select.soql);
        finds.set(select.soql, find);
        return (await find(accountId))?.rows ?? [];
      };
    },
  };
}
