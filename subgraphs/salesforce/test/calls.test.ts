import type { Room, Row } from './support.ts';
import { startRoom } from './support.ts';

let room: Room;
beforeAll(async () => {
  room = await startRoom({ size: 260 });
});
beforeEach(() => room.control.clearCalls());
afterEach(() => room.control.heal());
afterAll(() => room[Symbol.asyncDispose]());

const idsOf = (sql: string) => room.sql(sql).map((row) => String(row.id));

test('the context rail is one call', async () => {
  await room.ask(`{ customer(id: "001Hs0000000001IAA") {
    name industry ownerName opportunities(isClosed: false, first: 5) { name } openTickets { number }
    account { ownerId } crmFreshness { asOf }
  } }`);

  expect(room.operations()).toEqual(['composite']);
});

test('the account alone is one plain query', async () => {
  await room.ask(
    'query ($yes: Boolean!) { customer(id: "001Hs0000000001IAA") { name openTickets @skip(if: $yes) { number } } }',
    {
      yes: true,
    },
  );

  expect(room.operations()).toEqual(['query']);
});

test('a table of 50 or 200 deals is one call, with the account name', async () => {
  const query =
    'query ($n: Int) { getActivePipeline(first: $n) { name ownerName accountName account { accountId name } } }';
  await room.ask(query, { n: 50 });
  await room.ask(query, { n: 200 });

  expect(room.operations()).toEqual(['query', 'query']);
});

test('more of the accounts of 200 deals is one call more', async () => {
  const { data } = await room.ask<{ getActivePipeline: { accountName: string; account: Row | null }[] }>(
    '{ getActivePipeline(first: 200) { accountName account { name industry openTickets { number } opportunities { id } } } }',
  );

  expect(room.operations()).toEqual(['query', 'composite']);
  for (const { accountName, account } of data.getActivePipeline) {
    expect(account?.name ?? '(no account)').toBe(accountName);
  }
});

test('the dashboard is one call', async () => {
  await room.ask(`{
    getDashboardMetrics { pipeline { stage } pipelineFreshness { asOf } }
    opportunities(isClosed: false) { id }
    pipeline(first: 5) { totalCount totalValue { amount } nodes { name } }
  }`);

  expect(room.operations()).toEqual(['composite']);
});

test.each([
  ['CustomerProfile', 'accountId', 'name industry', 'SELECT id FROM sf_account LIMIT 200', 'query'],
  [
    'CustomerProfile',
    'accountId',
    'name openTickets { number } opportunities { id }',
    'SELECT id FROM sf_account LIMIT 200',
    'composite',
  ],
  ['Account', 'accountId', 'name', 'SELECT id FROM sf_account LIMIT 200', 'query'],
  ['Deal', 'opportunityId', 'name ownerName account { name }', 'SELECT id FROM sf_opportunity LIMIT 200', 'query'],
  ['Opportunity', 'id', 'name accountName', 'SELECT id FROM sf_opportunity LIMIT 200', 'query'],
  ['SupportTicket', 'ticketId', 'number status', 'SELECT id FROM sf_case LIMIT 200', 'query'],
])('200 references to %s by %s are one call', async (type, key, fields, sql, operation) => {
  const ids = idsOf(sql);
  const representations = [...ids, `${ids[0]?.slice(0, 10)}ZZZZZ`].map((id) => ({ __typename: type, [key]: id }));
  const { data, errors } = await room.ask<{ _entities: (Row | null)[] }>(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${key} ${fields} } } }`,
    { representations },
  );

  expect(errors).toBeUndefined();
  expect(data._entities.map((entity) => entity?.[key] ?? null)).toEqual([...ids, null]);
  expect(room.operations()).toEqual([operation]);
});

test('references of all types in one request are one call', async () => {
  const representations = [
    { __typename: 'CustomerProfile', accountId: '001Hs0000000001IAA' },
    { __typename: 'Deal', opportunityId: '006Hs0000000001IAA' },
    { __typename: 'SupportTicket', ticketId: idsOf('SELECT id FROM sf_case LIMIT 1')[0] },
  ];
  await room.ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on CustomerProfile { name } ... on Deal { stage } ... on SupportTicket { number } } }`,
    { representations },
  );

  expect(room.operations()).toEqual(['composite']);
});

test('a list too long for a URL travels in a body', async () => {
  const accountIds = idsOf('SELECT id FROM sf_account');
  const many = Array.from({ length: 1000 }, (_, index) => accountIds[index % accountIds.length]);
  const { data } = await room.ask<{ getActivePipeline: Row[] }>(
    'query ($accountIds: [ID!]) { getActivePipeline(first: 200, filters: { accountIds: $accountIds }) { accountId } }',
    { accountIds: many },
  );

  expect(data.getActivePipeline).toHaveLength(200);
  expect(room.operations()).toEqual(['composite']);
});

test('scrambled answers never give one account the records of another', async () => {
  room.control.setFaults({ scramble: { shuffle: true, drop: 0.2, duplicate: 0.3 } });
  const ids = idsOf('SELECT id FROM sf_account ORDER BY id LIMIT 40');
  const { data, errors = [] } = await room.ask<{
    _entities: (Row & { opportunities: Row[] | null; openTickets: Row[] | null })[];
  }>(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on CustomerProfile {
      accountId name opportunities { id accountId } openTickets { ticketId account { accountId } } } } }`,
    { representations: ids.map((accountId) => ({ __typename: 'CustomerProfile', accountId })) },
  );

  expect(data._entities.map(({ accountId }) => accountId)).toEqual(ids);
  const names = new Map(room.sql('SELECT id, name FROM sf_account').map(({ id, name }) => [id, name]));
  let missing = 0;
  for (const { accountId, name, opportunities, openTickets } of data._entities) {
    if (name === null) missing += 1;
    else expect(name).toBe(names.get(accountId));
    if (opportunities === null) missing += 1;
    if (openTickets === null) missing += 1;
    expect(opportunities?.every((one) => one.accountId === accountId) ?? true).toBe(true);
    expect(openTickets?.every((one) => (one.account as Row).accountId === accountId) ?? true).toBe(true);
    const [count] = room.sql(
      'SELECT min(count(*), 50) AS n FROM sf_opportunity WHERE account_id = ?',
      String(accountId),
    );
    if (opportunities) expect(opportunities).toHaveLength(Number(count?.n));
  }
  expect(missing).toBeGreaterThan(0);
  expect(errors).toHaveLength(missing);
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['UPSTREAM_MALFORMED']));
});

test('scrambled lists hold each deal once', async () => {
  room.control.setFaults({ scramble: { shuffle: true, duplicate: 0.3 } });
  const { data } = await room.ask<{ getActivePipeline: Row[] }>('{ getActivePipeline(first: 200) { opportunityId } }');
  const ids = data.getActivePipeline.map(({ opportunityId }) => opportunityId);

  expect(ids).toHaveLength(200);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an answer of several pages is read to its end', async () => {
  await using large = await startRoom({ size: 620 });
  const ids = large.sql('SELECT id FROM sf_account').map((row) => String(row.id));
  const { data, errors } = await large.ask<{ _entities: Row[] }>(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on CustomerProfile { accountId openTickets { number } } } }`,
    { representations: ids.map((accountId) => ({ __typename: 'CustomerProfile', accountId })) },
  );

  expect(errors).toBeUndefined();
  expect(data._entities.map(({ accountId }) => accountId)).toEqual(ids);
  expect(large.operations()).toEqual(['token', 'composite', 'query']);
});
