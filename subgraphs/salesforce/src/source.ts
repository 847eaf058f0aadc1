import type { Reading } from '@customer360/kit/cache/cache';
import type { Read } from '@customer360/kit/freshness';
import type { Loader } from '@customer360/kit/loader';
import { createCachedLoader } from '@customer360/kit/loader';
import type { ReadLog } from '@customer360/kit/reads';
import type { CachedReads } from './cache.ts';
import { accountFields, caseFields, opportunityFields } from './cache.ts';
import type { IdType } from './ids.ts';
import { isIdOf } from './ids.ts';
import type { DealFilters, DealOrder } from './pipeline-query.ts';
import { openDeals, orderOf } from './pipeline-query.ts';
import type { Soql } from './query.ts';
import { soql, whereAll } from './query.ts';
import type { ChildQuery } from './reads.ts';
import type { AccountRecord, CaseRecord, OpportunityRecord, WithRead } from './records.ts';
import type { StageSummary } from './stages.ts';

export interface DealTotals {
  count: number;
  /** Exact number as Salesforce printed it. */
  amount: number;
}

export interface DealList {
  /** Null when nothing had to be read. */
  read: Read | null;
  deals: OpportunityRecord[];
}

export interface StageTotals {
  read: Read;
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

const closedIs = (isClosed: boolean | null) => whereAll(isClosed === null ? [] : [soql`IsClosed = ${isClosed}`]);

const stageQuery = soql`SELECT StageName stage, Probability probability, COUNT(Id) deals, SUM(Amount) total FROM Opportunity WHERE IsClosed = false GROUP BY StageName, Probability`;

const readOf = ({ value: _, ...read }: Reading<unknown>): Read => read;

/** Each record with how it was read. */
const marked = <Row>({ value, ...read }: Reading<Row[]>): (Row & WithRead)[] => value.map((row) => ({ ...row, read }));

/** One per request: what is asked for in the same tick shares calls. */
export function createSalesforceSource(cached: CachedReads, reads: ReadLog): SalesforceSource {
  const bySoql = { cacheKeyFn: ({ soql: text }: Soql) => text };
  const byChild = { cacheKeyFn: ({ accountId, select }: ChildQuery) => `${accountId}:${select.soql}` };
  const accounts = createCachedLoader(cached.accounts, reads);
  const opportunities = createCachedLoader(cached.opportunities, reads);
  const tickets = createCachedLoader(cached.tickets, reads);
  const opportunitiesOf = createCachedLoader(cached.opportunitiesOf, reads, byChild);
  const ticketsOf = createCachedLoader(cached.ticketsOf, reads, byChild);
  const opportunityList = createCachedLoader(cached.opportunityList, reads, bySoql);
  const accountList = createCachedLoader(cached.accountList, reads, bySoql);
  const accountCount = createCachedLoader(cached.accountCount, reads, bySoql);
  const totals = createCachedLoader(cached.dealTotals, reads, bySoql);
  const stages = createCachedLoader(cached.stages, reads, bySoql);

  const record =
    <Row extends object>(type: IdType, loader: Loader<string, Reading<Row | null>>) =>
    async (id: string): Promise<(Row & WithRead) | null> => {
      if (!isIdOf(type, id)) return null;
      const { value, ...read } = await loader.load(id);
      return value && { ...value, read };
    };
  const children =
    <Row>(loader: Loader<ChildQuery, Reading<Row[]>>) =>
    async (accountId: string, select: Soql): Promise<(Row & WithRead)[]> =>
      isIdOf('account', accountId) ? marked(await loader.load({ accountId, select })) : [];
  const opportunitiesOfAccount = children(opportunitiesOf);
  const ticketsOfAccount = children(ticketsOf);

  return {
    account: record('account', accounts),
    opportunity: record('opportunity', opportunities),
    ticket: record('ticket', tickets),
    opportunitiesOf: (accountId, { isClosed, first }) =>
      opportunitiesOfAccount(
        accountId,
        soql`${opportunityFields} FROM Opportunities${closedIs(isClosed)} ORDER BY CloseDate, Id LIMIT ${first}`,
      ),
    openTicketsOf: (accountId, first) =>
      ticketsOfAccount(
        accountId,
        soql`${caseFields} FROM Cases WHERE IsClosed = false ORDER BY CreatedDate DESC, Id LIMIT ${first}`,
      ),
    opportunities: async ({ isClosed, first }) =>
      marked(
        await opportunityList.load(
          soql`SELECT ${opportunityFields} FROM Opportunity${closedIs(isClosed)} ORDER BY CloseDate, Id LIMIT ${first}`,
        ),
      ),
    async deals({ filters, order, limit, offset }) {
      const where = openDeals(filters);
      if (!where) return { read: null, deals: [] };
      const page = soql`${orderOf(order)} LIMIT ${limit} OFFSET ${offset}`;
      const reading = await opportunityList.load(soql`SELECT ${opportunityFields} FROM Opportunity${where}${page}`);
      return { read: readOf(reading), deals: marked(reading) };
    },
    async dealTotals(filters) {
      const where = openDeals(filters);
      if (!where) return { count: 0, amount: 0 };
      return (await totals.load(soql`SELECT COUNT(Id) deals, SUM(Amount) total FROM Opportunity${where}`)).value;
    },
    async customers({ search, limit, after }) {
      const conditions = search ? [soql`Name LIKE ${{ anywhere: search }}`] : [];
      if (after) {
        const [name, id] = after;
        conditions.push(soql`(Name > ${name} OR (Name = ${name} AND Id > ${id}))`);
      }
      const where = whereAll(conditions);
      const query = soql`SELECT ${accountFields} FROM Account${where} ORDER BY Name, Id LIMIT ${limit}`;
      return marked(await accountList.load(query));
    },
    async customerCount(search) {
      const where = whereAll(search ? [soql`Name LIKE ${{ anywhere: search }}`] : []);
      return (await accountCount.load(soql`SELECT COUNT() FROM Account${where}`)).value;
    },
    async stages() {
      const reading = await stages.load(stageQuery);
      return { read: readOf(reading), stages: reading.value };
    },
  };
}
