import { salesforceCredentials } from '../src/salesforce/credentials.ts';
import type { Org } from './salesforce-support.ts';
import { jsforce, startOrg } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(900);
});
afterAll(() => org.close());

function connect() {
  const { clientId, clientSecret, refreshToken } = salesforceCredentials;
  return new jsforce.Connection({
    version: '57.0',
    loginUrl: org.vendor.url,
    instanceUrl: org.vendor.url,
    accessToken: '00DHs0000000001!stale',
    refreshToken,
    oauth2: { loginUrl: org.vendor.url, clientId, clientSecret },
  });
}

test('jsforce refreshes a stale token and queries', async () => {
  const connection = connect();
  const refreshed = new Promise((resolve) => connection.once('refresh', resolve));
  const { records, totalSize } = await connection.query('SELECT Id, Name FROM Account LIMIT 3');

  expect(totalSize).toBe(3);
  expect(records[0]).toHaveProperty('Name');
  expect(await refreshed).toMatch(/^00D/);
  expect(connection.limitInfo.apiUsage?.limit).toBe(1_000_000);
});

test('jsforce follows pages by queryMore and by stream', async () => {
  const connection = connect();
  const first = await connection.query('SELECT Id FROM Opportunity');
  const second = await connection.queryMore(String(first.nextRecordsUrl));
  const streamed: unknown[] = [];
  for await (const record of connection.query('SELECT Id FROM Opportunity').stream('record')) streamed.push(record);

  expect(first.done).toBe(false);
  expect(first.records.length + second.records.length).toBeGreaterThan(first.records.length);
  expect(streamed).toHaveLength(first.totalSize);
});

test('jsforce builds queries, retrieves records and asks who it is', async () => {
  const connection = connect();
  const found = await connection
    .sobject('Account')
    .find({ Name: { $like: 'T%' } }, ['Id', 'Name'])
    .limit(2);
  const retrieved = await connection.sobject('Account').retrieve(String(found[0]?.Id));
  const identity = await connection.identity();

  expect(retrieved.Name).toBe(found[0]?.Name);
  expect(identity.organization_id).toBe('00DHs0000000001MAA');
});

const composite = (connection: ReturnType<typeof connect>, compositeRequest: object[], allOrNone = false) =>
  connection.requestPost<{ compositeResponse: { httpStatusCode: number; referenceId: string; body: unknown }[] }>(
    '/composite',
    { allOrNone, compositeRequest },
  );

const subquery = (referenceId: string, soql: string) => ({
  method: 'GET',
  referenceId,
  url: `/services/data/v57.0/query?q=${encodeURIComponent(soql)}`,
});

test('a composite is one call with independent answers', async () => {
  const connection = connect();
  await connection.request('/limits');
  org.vendor.control.clearCalls();
  const { compositeResponse } = await composite(connection, [
    subquery('first', 'SELECT Id FROM Account LIMIT 1'),
    subquery('second', 'SELECT Nope FROM Account'),
    {
      method: 'GET',
      referenceId: 'third',
      url: '/services/data/v57.0/sobjects/Account/@{first.records[0].Id}?fields=Name',
    },
  ]);

  expect(compositeResponse.map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode])).toEqual([
    ['first', 200],
    ['second', 400],
    ['third', 200],
  ]);
  expect(org.vendor.control.calls.map(({ operation }) => operation)).toEqual(['composite']);
});

test('a composite with allOrNone takes its other answers back', async () => {
  const { compositeResponse } = await composite(
    connect(),
    [subquery('a', 'SELECT Id FROM Account LIMIT 1'), subquery('b', 'SELECT Nope FROM Account')],
    true,
  );

  expect(compositeResponse[0]).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] });
});

test('a composite of six queries or 26 requests is refused', async () => {
  const six = Array.from({ length: 6 }, (_, index) => subquery(`q${index}`, 'SELECT Id FROM User'));
  const many = Array.from({ length: 26 }, (_, index) => ({
    method: 'GET',
    referenceId: `r${index}`,
    url: '/services/data/v57.0/limits',
  }));

  await expect(composite(connect(), six)).rejects.toMatchObject({ errorCode: 'LIMIT_EXCEEDED' });
  await expect(composite(connect(), many)).rejects.toMatchObject({ errorCode: 'LIMIT_EXCEEDED' });
});

test('jsforce sees error codes as they are', async () => {
  await expect(connect().query('SELECT Foo FROM Account')).rejects.toMatchObject({ name: 'INVALID_FIELD' });
  await expect(connect().query('SELECT Id FROM Foo')).rejects.toMatchObject({ name: 'INVALID_TYPE' });
});
