import { createHash } from 'node:crypto';
import type { Cache, Cached } from '@customer360/kit/cache/cache';
import type { CacheKind } from '@customer360/kit/cache/key';
import { anyOf } from '@customer360/kit/cache/key';
import { UpstreamError } from '@customer360/kit/errors';
import type { ZodType } from 'zod';
import type { SalesforceClient } from './client.ts';
import type { Soql } from './query.ts';
import { soql } from './query.ts';
import type { ChildQuery } from './reads.ts';
import { createReads } from './reads.ts';
import type { Account, Case, Opportunity } from './records.ts';
import {
  accountCasesSchema,
  accountOpportunitiesSchema,
  accountSchema,
  caseSchema,
  opportunitySchema,
  stageSchema,
  totalsSchema,
} from './records.ts';
import type { DealTotals } from './source.ts';
import type { StageSummary } from './stages.ts';
import { summariseStages } from './stages.ts';

/** What is read of Salesforce, each kept for a time by what it is about. Lists go by the query that finds them. */
export interface CachedReads {
  accounts: Cached<string, Account | null>;
  opportunities: Cached<string, Opportunity | null>;
  tickets: Cached<string, Case | null>;
  opportunitiesOf: Cached<ChildQuery, Opportunity[]>;
  ticketsOf: Cached<ChildQuery, Case[]>;
  opportunityList: Cached<Soql, Opportunity[]>;
  accountList: Cached<Soql, Account[]>;
  accountCount: Cached<Soql, number>;
  dealTotals: Cached<Soql, DealTotals>;
  stages: Cached<Soql, StageSummary[]>;
}

export const accountFields = soql`Id, Name, Industry, NumberOfEmployees, AnnualRevenue, Website, OwnerId, Owner.Name`;
export const opportunityFields = soql`Id, Name, AccountId, Account.Name, StageName, Amount, Probability, CloseDate, IsClosed, Owner.Name`;
export const caseFields = soql`Id, CaseNumber, AccountId, Account.Name, Subject, Status, Priority, CreatedDate, LastModifiedDate`;

const source = 'SALESFORCE';
const ofOpportunities = [anyOf(source, 'opportunity')];
const ofAccounts = [anyOf(source, 'account')];

export function createCachedReads(client: SalesforceClient, cache: Cache): CachedReads {
  const { list, byId, childrenOf } = createReads(client);

  function records<Row extends { Id: string }>(entityType: string, fields: Soql, object: Soql, row: ZodType<Row>) {
    const kind: CacheKind = { source, entityType, fields: [fields.soql] };
    return cache.of<string, Row | null>({
      kindOf: () => kind,
      idOf: (id) => id,
      load: (ids) => byId(ids, soql`${fields} FROM ${object}`, row),
    });
  }

  function children<Row>(entityType: string, load: (queries: readonly ChildQuery[]) => Promise<(Row[] | Error)[]>) {
    // As many kinds as arguments that callers may give: bounded by what the graph accepts.
    const kinds = new Map<string, CacheKind>();
    return cache.of<ChildQuery, Row[]>({
      kindOf({ select }) {
        const kind = kinds.get(select.soql) ?? { source, entityType, fields: [select.soql] };
        kinds.set(select.soql, kind);
        return kind;
      },
      idOf: ({ accountId }) => accountId,
      load,
    });
  }

  /** Whatever one query gives; another query is another entity. */
  function queried<Value>(entityType: string, alsoOf: string[], load: (query: Soql) => Promise<Value>) {
    const kind: CacheKind = { source, entityType, fields: [], alsoOf };
    return cache.of<Soql, Value>({
      kindOf: () => kind,
      idOf: (query) => createHash('sha256').update(query.soql).digest('hex'),
      load: (queries) => Promise.all(queries.map(load)),
    });
  }

  return {
    accounts: records('account', accountFields, soql`Account`, accountSchema),
    opportunities: records('opportunity', opportunityFields, soql`Opportunity`, opportunitySchema),
    tickets: records('case', caseFields, soql`Case`, caseSchema),
    opportunitiesOf: children('opportunitiesOf', (queries) =>
      childrenOf(queries, accountOpportunitiesSchema, ({ Opportunities }) => Opportunities, opportunitySchema),
    ),
    ticketsOf: children('casesOf', (queries) =>
      childrenOf(queries, accountCasesSchema, ({ Cases }) => Cases, caseSchema),
    ),
    opportunityList: queried('opportunities', ofOpportunities, (query) => list(query, opportunitySchema)),
    accountList: queried('accounts', ofAccounts, (query) => list(query, accountSchema)),
    accountCount: queried(
      'accountCount',
      ofAccounts,
      async (query) => (await client.query(query.soql, accountSchema)).totalSize,
    ),
    dealTotals: queried('dealTotals', ofOpportunities, async (query) => {
      const { records: rows } = await client.query(query.soql, totalsSchema);
      const [totals] = rows;
      if (!totals) throw new UpstreamError(source, 'malformed', 'an aggregate answer has no row');
      return { count: totals.deals, amount: totals.total ?? 0 };
    }),
    stages: queried('stages', ofOpportunities, async (query) =>
      summariseStages(await client.query(query.soql, stageSchema)),
    ),
  };
}
