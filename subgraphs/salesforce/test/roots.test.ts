import type { Answer, Room, Row } from './support.ts';
import { startRoom } from './support.ts';

let room: Room;
beforeAll(async () => {
  room = await startRoom();
});
afterAll(() => room[Symbol.asyncDispose]());

const money = (cents: unknown) =>
  cents === null ? null : { amount: (Number(cents) / 100).toFixed(2), currency: 'USD' };
const number = (cents: unknown) => (cents === null ? null : Number(cents) / 100);
const dealSql = `SELECT o.*, a.name AS account, u.name AS owner FROM sf_opportunity o
  LEFT JOIN sf_account a ON a.id = o.account_id JOIN sf_user u ON u.id = o.owner_id`;

const toDeal = (row: Row) => ({
  opportunityId: row.id,
  name: row.name,
  accountId: row.account_id,
  accountName: row.account ?? '(no account)',
  stage: row.stage,
  amount: number(row.amount),
  value: money(row.amount),
  probability: row.probability,
  closeDate: row.close_date,
  isClosed: row.is_closed === 1,
  ownerName: row.owner,
});
const dealFields =
  'opportunityId name accountId accountName stage amount value { amount currency } probability closeDate isClosed ownerName';

test('a customer is the account with its open deals and tickets', async () => {
  const rows = room.sql(
    'SELECT a.*, u.name AS owner FROM sf_account a JOIN sf_user u ON u.id = a.owner_id ORDER BY a.id LIMIT 40',
  );
  for (const row of rows) {
    const { data, errors } = await room.ask<{ getCustomer360: Row; customer: Row }>(
      `query ($id: ID!) {
        getCustomer360(accountId: $id) {
          accountId name industry employeeCount annualRevenue { amount currency } website ownerName
          openTickets { ticketId number subject status priority openedAt updatedAt account { accountId name } }
          opportunities(isClosed: false) { id accountId accountName stage amount probability closeDate isClosed }
          account { accountId name annualRevenue ownerId }
          crmFreshness { source origin stale warning }
        }
        customer(id: $id) { accountId opportunities { id } }
      }`,
      { id: String(row.id).slice(0, 15) },
    );
    const id = String(row.id);
    const opportunities = room.sql('SELECT * FROM sf_opportunity WHERE account_id = ? ORDER BY close_date, id', id);
    const cases = room.sql(
      'SELECT * FROM sf_case WHERE account_id = ? AND is_closed = 0 ORDER BY created_at DESC, id LIMIT 20',
      id,
    );

    expect(errors).toBeUndefined();
    expect(data.getCustomer360).toEqual({
      accountId: id,
      name: row.name,
      industry: row.industry,
      employeeCount: row.employees,
      annualRevenue: money(row.annual_revenue),
      website: row.website,
      ownerName: row.owner,
      openTickets: cases.map((one) => ({
        ticketId: one.id,
        number: one.case_number,
        subject: one.subject,
        status: one.status,
        priority: String(one.priority).toUpperCase(),
        openedAt: String(one.created_at).replace('Z', '.000Z'),
        updatedAt: String(one.modified_at).replace('Z', '.000Z'),
        account: { accountId: id, name: row.name },
      })),
      opportunities: opportunities
        .filter((one) => one.is_closed === 0)
        .slice(0, 50)
        .map((one) => ({
          id: one.id,
          accountId: id,
          accountName: row.name,
          stage: one.stage,
          amount: number(one.amount),
          probability: one.probability,
          closeDate: one.close_date,
          isClosed: false,
        })),
      account: { accountId: id, name: row.name, annualRevenue: number(row.annual_revenue), ownerId: row.owner_id },
      crmFreshness: { source: 'SALESFORCE', origin: 'LIVE', stale: false, warning: null },
    });
    expect(data.customer.opportunities).toEqual(opportunities.slice(0, 50).map((one) => ({ id: one.id })));
  }
});

test.each([
  ['{}', 'o.is_closed = 0', 'o.close_date, o.id'],
  ['{ search: "lTd" }', "o.is_closed = 0 AND (o.name LIKE '%ltd%' OR a.name LIKE '%ltd%')", 'o.close_date, o.id'],
  ['{ search: "O\'" }', "o.is_closed = 0 AND o.name LIKE '%O''%'", 'o.close_date, o.id'],
  ['{ search: "%" }', "o.is_closed = 0 AND o.name LIKE '%\\%%' ESCAPE '\\'", 'o.close_date, o.id'],
  [
    '{ minAmount: 25000.5, maxAmount: 1e5 }',
    'o.is_closed = 0 AND o.amount BETWEEN 2500050 AND 10000000',
    'o.close_date, o.id',
  ],
  ['{ stages: ["Prospecting", "Closed Won"] }', "o.is_closed = 0 AND o.stage = 'Prospecting'", 'o.close_date, o.id'],
  [
    '{ closeDateFrom: "2026-12-01", closeDateTo: "2026-12-31" }',
    "o.is_closed = 0 AND o.close_date LIKE '2026-12-%'",
    'o.close_date, o.id',
  ],
  ['{ minProbability: 50 }', 'o.is_closed = 0 AND o.probability >= 50', 'o.close_date, o.id'],
  [
    '{ ownerIds: ["005Hs0000000002IAA"] }',
    "o.is_closed = 0 AND o.owner_id = '005Hs0000000002IAA'",
    'o.close_date, o.id',
  ],
  [
    '{ accountIds: ["001Hs0000000001", "001Hs0000000007IAA"] }',
    "o.is_closed = 0 AND o.account_id IN ('001Hs0000000001IAA', '001Hs0000000007IAA')",
    'o.close_date, o.id',
  ],
])('the growth table filtered by %s', async (filters, where, order) => {
  const { data } = await room.ask<{ getActivePipeline: Row[] }>(
    `{ getActivePipeline(first: 200, filters: ${filters}) { ${dealFields} } }`,
  );

  expect(data.getActivePipeline).toEqual(room.sql(`${dealSql} WHERE ${where} ORDER BY ${order} LIMIT 200`).map(toDeal));
});

test.each([
  ['AMOUNT, direction: DESC', 'o.amount DESC NULLS LAST'],
  ['PROBABILITY', 'o.probability'],
  ['ACCOUNT_NAME', 'a.name COLLATE NOCASE NULLS LAST'],
  ['STAGE, direction: DESC', 'o.stage COLLATE NOCASE DESC'],
])('the growth table ordered by %s', async (order, sql) => {
  const { data } = await room.ask<{ getActivePipeline: Row[] }>(
    `{ getActivePipeline(orderBy: { field: ${order} }) { ${dealFields} } }`,
  );

  expect(data.getActivePipeline).toEqual(
    room.sql(`${dealSql} WHERE o.is_closed = 0 ORDER BY ${sql}, o.id LIMIT 50`).map(toDeal),
  );
});

test('pages of the pipeline hold every open deal once, and the totals of all', async () => {
  type Page = {
    nodes: Row[];
    totalCount: number;
    totalValue: Row;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  const seen: unknown[] = [];
  let after: string | null = null;
  for (;;) {
    const { data }: Answer<{ pipeline: Page }> = await room.ask<{ pipeline: Page }>(
      `query ($after: String) { pipeline(first: 40, after: $after) {
        nodes { opportunityId } totalCount totalValue { amount currency } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    const { nodes, pageInfo, totalCount, totalValue }: Page = data.pipeline;
    const [sum] = room.sql('SELECT count(*) AS n, sum(amount) AS total FROM sf_opportunity WHERE is_closed = 0');
    expect([totalCount, totalValue]).toEqual([sum?.n, money(sum?.total)]);
    seen.push(...nodes.map((node) => node.opportunityId));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }

  expect(seen).toEqual(
    room.sql('SELECT id FROM sf_opportunity WHERE is_closed = 0 ORDER BY close_date, id').map((row) => row.id),
  );
});

test('pages of customers hold every account once, by name', async () => {
  type Page = {
    edges: { cursor: string; node: Row }[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  const seen: unknown[] = [];
  let after: string | null = null;
  for (;;) {
    const { data }: Answer<{ customers: Page }> = await room.ask<{ customers: Page }>(
      `query ($after: String) { customers(first: 7, search: "Ltd", after: $after) {
        edges { cursor node { accountId name } } totalCount pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    seen.push(...data.customers.edges.map(({ node }) => node.accountId));
    if (!data.customers.pageInfo.hasNextPage) {
      expect(data.customers.totalCount).toBe(seen.length);
      break;
    }
    after = data.customers.pageInfo.endCursor;
  }

  expect(seen).toEqual(
    room.sql("SELECT id FROM sf_account WHERE name LIKE '%Ltd%' ORDER BY name COLLATE NOCASE, id").map((row) => row.id),
  );
});

test('opportunities of all accounts, as the dashboard asks', async () => {
  const { data } = await room.ask<{ opportunities: Row[] }>(
    '{ opportunities(isClosed: false) { id accountName stage amount value { amount currency } probability closeDate } }',
  );

  expect(data.opportunities).toEqual(
    room.sql(`${dealSql} WHERE o.is_closed = 0 ORDER BY o.close_date, o.id LIMIT 200`).map((row) => ({
      id: row.id,
      accountName: row.account ?? '(no account)',
      stage: row.stage,
      amount: number(row.amount),
      value: row.amount === null ? null : { amount: (Number(row.amount) / 100).toFixed(2), currency: 'USD' },
      probability: row.probability,
      closeDate: row.close_date,
    })),
  );
});

test('the dashboard pipeline adds up to the cent', async () => {
  const { data } = await room.ask<{ getDashboardMetrics: { pipeline: Row[] } }>(
    '{ getDashboardMetrics { pipeline { stage dealCount totalAmount total { amount currency } weightedAmount } pipelineFreshness { source } } }',
  );
  const expected = room
    .sql(
      `SELECT stage, count(*) AS n, sum(amount) AS total, sum(amount * probability) AS weighted, max(probability) AS p
       FROM sf_opportunity WHERE is_closed = 0 GROUP BY stage ORDER BY p, stage = 'Qualification'`,
    )
    .map(({ stage, n, total, weighted }) => {
      const percents = Number(weighted);
      const cents = Math.floor(percents / 100);
      const rest = percents - cents * 100;
      const rounded = rest > 50 || (rest === 50 && cents % 2 === 1) ? cents + 1 : cents;
      return { stage, dealCount: n, totalAmount: number(total), total: money(total), weightedAmount: rounded / 100 };
    });

  expect(data.getDashboardMetrics.pipeline).toEqual(expected);
});

test('an account that does not exist is null without an error', async () => {
  const answer = await room.ask(
    '{ a: customer(id: "001Hs00000ZZZZZ") { name } b: customer(id: "006Hs0000000001IAA") { name } }',
  );

  expect(answer).toEqual({ data: { a: null, b: null } });
});

test.each([
  ['{ customer(id: "1") { name } }', 'customer', 'id'],
  ['{ getCustomer360(accountId: "001Hs0000000001IAA\'") { name } }', 'getCustomer360', 'accountId'],
  ['{ getActivePipeline(first: 201) { name } }', 'getActivePipeline', 'first'],
  ['{ pipeline(first: 0) { totalCount } }', 'pipeline', 'first'],
  ['{ pipeline(after: "x") { totalCount } }', 'pipeline', 'after'],
  ['{ pipeline(after: "LTE") { totalCount } }', 'pipeline', 'after'],
  ['{ customers(after: "MQ") { totalCount } }', 'customers', 'after'],
  ['{ opportunities(first: -1) { name } }', 'opportunities', 'first'],
])('%s is refused', async (query, field, argument) => {
  room.control.clearCalls();
  const { data, errors } = await room.ask<Row>(query);

  expect(data[field]).toBeNull();
  expect(errors).toMatchObject([{ path: [field], extensions: { code: 'BAD_USER_INPUT', argument } }]);
  expect(room.operations()).toEqual([]);
});
