import { UpstreamError } from '@customer360/kit/errors';
import { chunk, pickRows } from '@customer360/kit/loader';
import type { ZodType } from 'zod';
import type { SalesforceClient } from './client.ts';
import type { Soql } from './query.ts';
import { soql } from './query.ts';
import type { Page } from './records.ts';

type Identified = { Id: string };

/** Children that are wanted of one account: which, in which order and how many. */
export interface ChildQuery {
  accountId: string;
  select: Soql;
}

/** Ways to read records. What an answer lacks although it says that it has it is an error, not an absence. */
export interface Reads {
  /** The records that a query finds, all of them; one that comes twice is kept once. @throws {UpstreamError} */
  list<Row extends Identified>(query: Soql, row: ZodType<Row>): Promise<Row[]>;
  /** Records by id in one query, in the order of the ids; null for what Salesforce does not know. */
  byId<Row extends Identified>(
    ids: readonly string[],
    select: Soql,
    row: ZodType<Row>,
  ): Promise<(Row | null | Error)[]>;
  /** Children of accounts, one query for each that is the same; in the order of the questions. */
  childrenOf<Parent extends Identified, Row>(
    queries: readonly ChildQuery[],
    parent: ZodType<Parent>,
    pageOf: (parent: Parent) => Page | null | undefined,
    row: ZodType<Row>,
  ): Promise<(Row[] | Error)[]>;
}

/** A statement may hold 100,000 characters; an id takes 22 of them. */
const maxIdsPerQuery = 2000;

const lacking = () => new UpstreamError('SALESFORCE', 'malformed', 'an answer lacks records');

export function createReads(client: SalesforceClient): Reads {
  async function read<Row extends Identified>({ soql: text }: Soql, row: ZodType<Row>) {
    const { records, totalSize } = await client.query(text, row);
    const byId = new Map(records.map((record) => [record.Id, record]));
    return { rows: [...byId.values()], short: byId.size < totalSize };
  }

  async function find<Row extends Identified>(
    ids: readonly string[],
    queryFor: (ids: string[]) => Soql,
    row: ZodType<Row>,
  ): Promise<(Row | null | Error)[]> {
    const parts = chunk(ids, maxIdsPerQuery).map(async (some) => {
      const { rows, short } = await read(queryFor(some), row);
      return pickRows(some, rows, ({ Id }) => Id).map((found) => found ?? (short ? lacking() : null));
    });
    return (await Promise.all(parts)).flat();
  }

  async function children<Parent extends Identified, Row>(
    accountIds: readonly string[],
    select: Soql,
    parent: ZodType<Parent>,
    pageOf: (parent: Parent) => Page | null | undefined,
    row: ZodType<Row>,
  ): Promise<[string, Row[] | Error][]> {
    const parents = await find(
      accountIds,
      (some) => soql`SELECT Id, (SELECT ${select}) FROM Account WHERE Id IN ${some}`,
      parent,
    );
    return Promise.all(
      accountIds.map(async (id, at): Promise<[string, Row[] | Error]> => {
        const found = parents[at];
        if (found instanceof Error) return [id, found];
        return [id, found ? await client.children(pageOf(found), row) : []];
      }),
    );
  }

  return {
    async list(query, row) {
      const { rows, short } = await read(query, row);
      if (short) throw lacking();
      return rows;
    },
    byId: (ids, select, row) => find(ids, (some) => soql`SELECT ${select} WHERE Id IN ${some}`, row),
    async childrenOf<Parent extends Identified, Row>(
      queries: readonly ChildQuery[],
      parent: ZodType<Parent>,
      pageOf: (parent: Parent) => Page | null | undefined,
      row: ZodType<Row>,
    ) {
      const groups = [...Map.groupBy(queries, ({ select }) => select.soql).values()];
      const found = await Promise.all(
        groups.map(async ([first, ...others]) => {
          const { select } = first as ChildQuery;
          const ids = [first as ChildQuery, ...others].map(({ accountId }) => accountId);
          return [select.soql, new Map(await children(ids, select, parent, pageOf, row))] as const;
        }),
      );
      const bySelect = new Map(found);
      return queries.map(({ accountId, select }) => bySelect.get(select.soql)?.get(accountId) ?? []);
    },
  };
}
