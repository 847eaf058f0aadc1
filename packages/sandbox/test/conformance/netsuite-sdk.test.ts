import { jest } from '@jest/globals';
import { NetSuiteClient, NetSuiteError, suiteql } from 'netsuite-sdk';
import { netsuiteCredentials } from '../../src/netsuite/credentials.ts';
import type { Sandbox } from '../netsuite-support.ts';
import { startSandbox } from '../netsuite-support.ts';

let netsuite: Sandbox;
let client: NetSuiteClient;

/** The client builds its addresses from the account; only they are pointed at the sandbox. */
function connect(changes: { tokenSecret?: string } = {}): NetSuiteClient {
  const { consumerKey, consumerSecret, tokenId: tokenKey, tokenSecret, account } = netsuiteCredentials;
  const auth = { consumerKey, consumerSecret, tokenKey, tokenSecret, realm: account, ...changes };
  const made = new NetSuiteClient({ auth, accountId: account, maxRetries: 0 });
  for (const part of [made.suiteql, made.records] as unknown as { baseUrl: string }[]) {
    part.baseUrl = part.baseUrl.replace(/^https:\/\/[^/]+/, netsuite.url);
  }
  return made;
}

beforeAll(async () => {
  netsuite = await startSandbox();
  client = connect();
});
afterEach(() => {
  netsuite.control.heal();
  jest.restoreAllMocks();
});
afterAll(() => netsuite.close());

const row = (sql: string, ...values: (string | number)[]) => netsuite.world.db.prepare(sql).get(...values);
const idAt = ({ headers }: { headers: Record<string, string> }) => headers.location?.split('/').at(-1) ?? '';

test('queries all pages of SuiteQL', async () => {
  const sql = suiteql().select('c.id', 'c.companyname', 'COUNT(t.id) AS invoices').from('customer', 'c');
  const query = sql
    .leftJoin('transaction t', "t.entity = c.id AND t.type = 'CustInvc'")
    .groupBy('c.id', 'c.companyname');
  const { items, totalResults, pagesFetched } = await client.suiteql.query<Record<string, string>>(
    query.orderBy('c.id').build(),
    { pageSize: 10 },
  );

  const expected = Number(row('SELECT COUNT(*) AS n FROM ns_customer')?.n);
  expect([items.length, totalResults]).toEqual([expected, expected]);
  expect(pagesFetched).toBe(Math.ceil(expected / 10));
  const sum = items.reduce((total, { invoices }) => total + Number(invoices), 0);
  expect(sum).toBe(row("SELECT COUNT(*) AS n FROM ns_transaction WHERE type = 'CustInvc'")?.n);
});

test('streams pages and asks for one row', async () => {
  let seen = 0;
  for await (const page of client.suiteql.queryPages('SELECT id FROM transaction ORDER BY id', { pageSize: 100 }))
    seen += page.length;
  expect(seen).toBe(row('SELECT COUNT(*) AS n FROM ns_transaction')?.n);
  const found = await client.suiteql.queryOne('SELECT symbol FROM currency WHERE id = 5');
  expect(found).toMatchObject({ symbol: 'AUD' });
  expect(await client.suiteql.queryOne('SELECT id FROM customer WHERE id = -1')).toBeNull();
});

test('lists with q, page by page', async () => {
  const { data } = await client.records.list('invoice', {
    limit: 5,
    offset: 5,
    query: { q: 'amountRemaining GREATER 0' },
  });
  expect(data).toMatchObject({ offset: 5, count: data.items.length });
  expect(data.totalResults).toBe(
    row("SELECT COUNT(*) AS n FROM ns_transaction WHERE type = 'CustInvc' AND unpaid > 0")?.n,
  );
  expect(data.links.map(({ rel }) => rel)).toEqual(expect.arrayContaining(['self', 'first', 'prev']));
});

test('creates, reads, updates, upserts and deletes records', async () => {
  const made = await client.records.create('customer', {
    companyName: 'Sdk Ltd',
    externalId: 'sdk-1',
    currency: { id: '2' },
  });
  expect([made.status, made.data]).toEqual([204, undefined]);
  const id = idAt(made);
  expect((await client.records.update('customer', id, { email: 'a@sdk.example', isInactive: true })).status).toBe(204);
  const { data } = await client.records.get('customer', id, {
    fields: ['companyName', 'email', 'isInactive', 'currency'],
  });
  expect(data).toMatchObject({
    companyName: 'Sdk Ltd',
    email: 'a@sdk.example',
    isInactive: true,
    currency: { refName: 'EUR' },
  });
  // Its spelling of an external id is not the vendor's, and works all the same.
  expect(idAt(await client.records.upsert('customer', 'externalId', 'sdk-1', { phone: '1' }))).toBe(id);
  expect(idAt(await client.records.upsert('customer', 'externalId', 'sdk-2', { companyName: 'Second' }))).not.toBe(id);
  expect((await client.records.delete('customer', id)).status).toBe(204);
  await expect(client.records.get('customer', id)).rejects.toMatchObject({ status: 404 });
});

test('an invoice with lines shows them when they are asked for', async () => {
  const item = {
    items: [
      { item: { id: '202' }, quantity: 3 },
      { item: { id: '101' }, amount: 99.99 },
    ],
  };
  const id = idAt(await client.records.create('invoice', { entity: { id: '4001' }, tranDate: '2026-03-01', item }));
  const { data } = await client.records.get('invoice', id, { expandSubResources: true });
  expect(data).toMatchObject({
    total: 6699.99,
    amountRemaining: 6699.99,
    tranDate: '2026-03-01',
    item: { totalResults: 2 },
  });
  expect(
    row('SELECT SUM(amount) AS sum, COUNT(*) AS n FROM ns_posting WHERE transaction_id = ?', Number(id)),
  ).toMatchObject({ sum: 0, n: 3 });
});

test.each([
  ['a missing record', 404, () => client.records.get('customer', 1)],
  ['an unknown record type', 404, () => client.records.get('unicorn', 1)],
  ['a bad query', 400, () => client.suiteql.query('SELECT nothing FROM customer')],
  ['a record without its customer', 400, () => client.records.create('invoice', {})],
  ['a replacement, which NetSuite has not', 405, () => client.records.replace('customer', 4001, {})],
  ['a wrong secret', 401, () => connect({ tokenSecret: 'wrong' }).records.get('customer', 4001)],
] as const)('%s is an error with status %d', async (_, status, act) => {
  const error: unknown = await act().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(NetSuiteError.isNetSuiteError(error)).toBe(true);
  expect(error).toMatchObject({ status, details: { 'o:errorDetails': [{ 'o:errorCode': expect.any(String) }] } });
});

test('an account over its limit is retryable by no means of its own', async () => {
  netsuite.control.setFaults({ throttle: true });
  await expect(client.suiteql.query('SELECT id FROM customer')).rejects.toMatchObject({ status: 429 });
});

test('its SOAP side adds and updates at the endpoint of 2024', async () => {
  const real = globalThis.fetch;
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation((address, init) => real(String(address).replace(/^https:\/\/[^/]+/, netsuite.url), init));
  const made = await client.soap.addRecord('vendor', { companyName: 'Soap by hand', email: 'v@sdk.example' });
  expect(made).toMatchObject({ success: true });
  const id = made.internalId ?? '';
  expect(await client.soap.updateFields('vendor', id, { terms: { id: '3' }, isInactive: true })).toEqual({
    success: true,
    internalId: id,
  });
  expect(row('SELECT * FROM ns_vendor WHERE id = ?', Number(id))).toMatchObject({
    company_name: 'Soap by hand',
    term_id: 3,
    is_inactive: 1,
  });
  const refused = await client.soap.updateFields('vendor', id, { terms: { id: '99' } });
  expect(refused).toMatchObject({ success: false, error: expect.stringContaining('Invalid terms reference key 99') });
});

test('references lead to records', async () => {
  const { data } = await client.records.get('customer', 4001);
  const references = Object.entries(data).filter(([name]) => ['currency', 'terms', 'subsidiary'].includes(name));
  expect(references).toHaveLength(3);
  for (const [, reference] of references) {
    const { id, links } = reference as { id: string; links: { href: string }[] };
    const { data: found } = await client.get<{ id: string }>(links[0]?.href ?? '');
    expect(found.id).toBe(id);
  }
  await expect(client.records.update('currency', 1, { name: 'X' })).rejects.toMatchObject({ status: 400 });
  await expect(client.records.get('currency', 'eid:none')).rejects.toMatchObject({ status: 404 });
});
