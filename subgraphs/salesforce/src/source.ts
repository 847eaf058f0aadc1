import { UpstreamError } from '@customer360/kit/errors';
import type { SalesforceClient } from './client.ts';
import type { DealFilters, DealOrder } from './pipeline-query.ts';
import { openDeals, orderOf } from './pipeline-query.ts';
import { soql, whereAll } from './query.ts';
import { createReads } from './reads.ts';
import type { AccountRecord, CaseRecord, Loaded, OpportunityRecord } from './records.ts';
import {
  accountCasesSchema,
  accountOpportunitiesSchema,
  accountSchema,
  caseSchema,
  opportunitySchema,
  stageSchema,
  totalsSchema,
} from './records.ts';
import type { StageSummary } from './stages.ts';
import { summariseStages } from './stages.ts';

export interface DealTotals {
  count: number;
  /** Exact number as Salesforce printed it. */
  amount: number;
}

export interface DealList extends Loaded {
  deals: OpportunityRecord[];
}

export interface StageTotals extends Loaded {
  stages: StageSummary[];
}

export interface DealQuery {
  filters: DealFilters;
  order: DealOrder;
  limit: number;
  offset: number;
}

export interface CustomerQuery {
  search: string | null;
  limit: number;
  /** Name and id of the customer before the first one wanted. */
  after: readonly [string, string] | null;
}

/** What this subgraph needs from Salesforce, for one request. Ids have 18 characters; what does not exist is null. */
export interface SalesforceSource {
  account(id: string): Promise<AccountRecord | null>;
  opportunity(id: string): Promise<OpportunityRecord | null>;
  ticket(id: string): Promise<CaseRecord | null>;
  opportunitiesOf(
    accountId: string,
    options: { isClosed: boolean | null; first: number },
  ): Promise<OpportunityRecord[]>;
  openTicketsOf(accountId: string, first: number): Promise<CaseRecord[]>;
  opportunities(options: { isClosed: boolean | null; first: number }): Promise<OpportunityRecord[]>;
  deals(query: DealQuery): Promise<DealList>;
  dealTotals(filters: DealFilters): Promise<DealTotals>;
  customers(query: CustomerQuery): Promise<AccountRecord[]>;
  customerCount(search: string | null): Promise<number>;
  stages(): Promise<StageTotals>;
}

const accountFields = soql`Id, Name, Industry, NumberOfEmployees, AnnualRevenue, Website, OwnerId, Owner.Name`;
const opportunityFields = soql`Id, Name, AccountId, Account.Name, StageName, Amount, Probability, CloseDate, IsClosed, Owner.Name`;
const caseFields = soql`Id, CaseNumber, AccountId, Account.Name, Subject, Status, Priority, CreatedDate, LastModifiedDate`;

const closedIs = (isClosed: boolean | null) => whereAll(isClosed === null ? [] : [soql`IsClosed = ${isClosed}`]);

/** One per request: what is asked for in the same tick shares calls, and nothing outlives the request. */
export function createSalesforceSource(client: SalesforceClient, clock: () => Date): SalesforceSource {
  const { list, byId, childrenOf } = createReads(client, clock);
  const opportunitiesOf = childrenOf(
    accountOpportunitiesSchema,
    ({ Opportunities }) => Opportunities,
    opportunitySchema,
  );
  const casesOf = childrenOf(accountCasesSchema, ({ Cases }) => Cases, caseSchema);
  let stages: Promise<StageTotals> | undefined;

  async function readStages(): Promise<StageTotals> {
    const loadedAt = clock();
    const { soql: text } =
      soql`SELECT StageName stage, Probability probability, COUNT(Id) deals, SUM(Amount) total FROM Opportunity WHERE IsClosed = false GROUP BY StageName, Probability`;
    return { loadedAt, stages: summariseStages(await client.query(text, stageSchema)) };
  }

  return {
    account: byId('account', soql`${accountFields} FROM Account`, accountSchema),
    opportunity: byId('opportunity', soql`${opportunityFields} FROM Opportunity`, opportunitySchema),
    ticket: byId('ticket', soql`${caseFields} FROM Case`, caseSchema),
    opportunitiesOf: (accountId, { isClosed, first }) =>
      opportunitiesOf(
        accountId,
        soql`${opportunityFields} FROM Opportunities${closedIs(isClosed)} ORDER BY CloseDate, Id LIMIT ${first}`,
      ),
    openTicketsOf: (accountId, first) =>
      casesOf(
        accountId,
        soql`${caseFields} FROM Cases WHERE IsClosed = false ORDER BY CreatedDate DESC, Id LIMIT ${first}`,
      ),
    opportunities: ({ isClosed, first }) =>
      list(
        soql`SELECT ${opportunityFields} FROM Opportunity${closedIs(isClosed)} ORDER BY CloseDate, Id LIMIT ${first}`,
        opportunitySchema,
      ),
    async deals({ filters, order, limit, offset }) {
      const loadedAt = clock();
      const where = openDeals(filters);
      if (!where) return { loadedAt, deals: [] };
      const page = soql`${orderOf(order)} LIMIT ${limit} OFFSET ${offset}`;
      const deals = await list(soql`SELECT ${opportunityFields} FROM Opportunity${where}${page}`, opportunitySchema);
      return { loadedAt, deals };
    },
    async dealTotals(filters) {
      const where = openDeals(filters);
      if (!where) return { count: 0, amount: 0 };
      const { soql: text } = soql`SELECT COUNT(Id) deals, SUM(Amount) total FROM Opportunity${where}`;
      const { records } = await client.query(text, totalsSchema);
      const [totals] = records;
      if (!totals) throw new UpstreamError('SALESFORCE', 'malformed', 'an aggregate answer has no row');
      return { count: totals.deals, amount: totals.total ?? 0 };
    },
    async customers({ search, limit, after }) {
      const conditions = search ? [soql`Name LIKE ${{ anywhere: search }}`] : [];
      if (after) {
        const [name, id] = after;
        conditions.push(soql`(Name > ${name} OR (Name = ${name} AND Id > ${id}))`);
      }
      const where = whereAll(conditions);
      return list(soql`SELECT ${accountFields} FROM Account${where} ORDER BY Name, Id LIMIT ${limit}`, accountSchema);
    },
    async customerCount(search) {
      const where = whereAll(search ? [soql`Name LIKE ${{ anywhere: search }}`] : []);
      const { soql: text } = soql`SELECT COUNT() FROM Account${where}`;
      return (await client.query(text, accountSchema)).totalSize;
    },
    stages: () => {
      stages ??= readStages();
      return stages;
    },
  };
}
