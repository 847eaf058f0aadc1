import { createRequire } from 'node:module';
import { netsuiteCredentials } from '../../src/netsuite/credentials.ts';
import type { Sandbox } from '../netsuite-support.ts';
import { startSandbox } from '../netsuite-support.ts';

interface Answer {
  statusCode: number;
  /** The client copies own properties only, and Node keeps the parsed headers elsewhere. */
  rawHeaders: string[];
  // biome-ignore lint/suspicious/noExplicitAny: the client does not type what it returns.
  data: any;
}
interface Call {
  path: string;
  method?: string;
  body?: string;
  heads?: Record<string, string>;
}
type NetsuiteRest = new (options: Record<string, string>) => { request(call: Call): Promise<Answer> };

const NetsuiteRestClient: NetsuiteRest = createRequire(import.meta.url)('netsuite-rest');

let netsuite: Sandbox;
let client: InstanceType<NetsuiteRest>;
const login = (url: string, changes: Record<string, string> = {}) =>
  new NetsuiteRestClient({
    consumer_key: netsuiteCredentials.consumerKey,
    consumer_secret_key: netsuiteCredentials.consumerSecret,
    token: netsuiteCredentials.tokenId,
    token_secret: netsuiteCredentials.tokenSecret,
    realm: netsuiteCredentials.account,
    base_url: url,
    ...changes,
  });
beforeAll(async () => {
  netsuite = await startSandbox();
  client = login(netsuite.url);
});
afterEach(() => netsuite.control.heal());
afterAll(() => netsuite.close());

const count = (table: string) => Number(netsuite.world.db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.n);
const idAt = ({ rawHeaders }: Answer) => {
  const at = rawHeaders.findIndex((name) => name.toLowerCase() === 'location');
  return rawHeaders[at + 1]?.split('/').at(-1) ?? '';
};
const failure = (call: Call) =>
  client.request(call).then(
    () => null,
    (error: { response: { statusCode: number; body: string } }) => ({
      status: error.response.statusCode,
      ...JSON.parse(error.response.body)['o:errorDetails'][0],
    }),
  );

test('pings, as its README shows', async () => {
  const { statusCode } = await client.request({ path: '*', method: 'OPTIONS' });
  expect(statusCode).toBe(204);
});

test('reads every page of a list by the links it is given', async () => {
  const ids: string[] = [];
  let path: string | undefined = 'record/v1/customer?limit=20&offset=0';
  while (path) {
    const { data, statusCode }: Answer = await client.request({ path });
    expect(statusCode).toBe(200);
    expect(data.count).toBe(data.items.length);
    ids.push(...data.items.map(({ id }: { id: string }) => id));
    const next = data.links.find(({ rel }: { rel: string }) => rel === 'next')?.href as string | undefined;
    expect(Boolean(next)).toBe(data.hasMore);
    path = next?.split('/services/rest/')[1];
  }
  expect(new Set(ids).size).toBe(count('ns_customer'));
});

test('filters with q, and reads one record with its sublist', async () => {
  const q = encodeURIComponent('amountRemaining GREATER 0 AND tranDate ON_OR_AFTER "2025-01-01"');
  const { data: list } = await client.request({ path: `record/v1/invoice?q=${q}&limit=5` });
  expect(list.items.length).toBeGreaterThan(0);
  const { data } = await client.request({ path: `record/v1/invoice/${list.items[0].id}?expandSubResources=true` });
  expect(data.amountRemaining).toBeGreaterThan(0);
  expect(data.status).toEqual({ id: 'Open', refName: 'Open' });
  expect(data.item.items.length).toBe(data.item.totalResults);
  expect(data.item.items[0].item.refName).toEqual(expect.any(String));
  const { data: lines } = await client.request({ path: `record/v1/invoice/${list.items[0].id}/item` });
  expect(lines.items).toHaveLength(data.item.totalResults);
});

test('runs SuiteQL and pages through it', async () => {
  const body = JSON.stringify({
    q: "SELECT id, tranid, foreigntotal FROM transaction WHERE type = 'CustInvc' ORDER BY id",
  });
  const ids: string[] = [];
  for (let offset = 0, more = true; more; offset += 50) {
    const path = `query/v1/suiteql?limit=50&offset=${offset}`;
    const { data } = await client.request({ path, method: 'POST', body });
    ids.push(...data.items.map(({ id }: { id: string }) => id));
    more = data.hasMore;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(count("ns_transaction WHERE type = 'CustInvc'"));
});

test('creates, changes, upserts and deletes a customer', async () => {
  const post = (body: object) =>
    client.request({ path: 'record/v1/customer', method: 'POST', body: JSON.stringify(body) });
  const made = await post({ companyName: 'Rest & Co', externalId: 'rest-1', terms: { id: '2' }, creditLimit: 500.25 });
  expect(made.statusCode).toBe(204);
  const id = idAt(made);
  const path = `record/v1/customer/${id}`;
  const changed = await client.request({
    path,
    method: 'PATCH',
    body: JSON.stringify({ phone: '555', creditLimit: null }),
  });
  expect(idAt(changed)).toBe(id);
  const put = {
    path: 'record/v1/customer/eid:rest-1',
    method: 'PUT',
    body: JSON.stringify({ email: 'x@rest.example' }),
  };
  expect(idAt(await client.request(put))).toBe(id);
  const { data } = await client.request({ path });
  expect(data).toMatchObject({
    id,
    companyName: 'Rest & Co',
    phone: '555',
    email: 'x@rest.example',
    terms: { id: '2' },
  });
  expect(data.creditLimit).toBeUndefined();
  expect((await client.request({ path, method: 'DELETE' })).statusCode).toBe(204);
  expect(await failure({ path })).toMatchObject({ status: 404, 'o:errorCode': 'NONEXISTENT_ID' });
});

test('bills an order, takes it back and is paid', async () => {
  const order = await client.request({
    path: 'record/v1/salesOrder',
    method: 'POST',
    body: JSON.stringify({
      entity: { id: '4002' },
      item: { items: [{ item: { id: '201' }, quantity: 2, rate: 100.5 }] },
    }),
  });
  const turn = (from: string, into: string, body: object = {}) =>
    client.request({ path: `record/v1/${from}/!transform/${into}`, method: 'POST', body: JSON.stringify(body) });
  const invoice = idAt(await turn(`salesOrder/${idAt(order)}`, 'invoice', { memo: 'from order' }));
  const { data } = await client.request({ path: `record/v1/invoice/${invoice}` });
  expect(data).toMatchObject({ total: 201, memo: 'from order', createdFrom: { id: idAt(order) } });
  const { data: billed } = await client.request({ path: `record/v1/salesOrder/${idAt(order)}` });
  expect(billed.orderStatus.id).toBe('G');
  const back = idAt(await turn(`invoice/${invoice}`, 'returnAuthorization'));
  const { data: returned } = await client.request({ path: `record/v1/returnAuthorization/${back}` });
  expect(returned.total).toBe(201);
  const paid = idAt(await turn(`invoice/${invoice}`, 'customerPayment'));
  const { data: payment } = await client.request({ path: `record/v1/customerPayment/${paid}?expandSubResources=true` });
  expect(payment).toMatchObject({ payment: 201, applied: 201, unapplied: 0 });
  expect(payment.apply.items[0].doc.id).toBe(invoice);
  const { data: settled } = await client.request({ path: `record/v1/invoice/${invoice}` });
  expect(settled).toMatchObject({ amountRemaining: 0, status: { id: 'Paid In Full' } });
});

test.each([
  ['an unknown field in q', { path: 'record/v1/invoice?q=colour%20IS%20red' }, 400, 'INVALID_PARAMETER'],
  ['an offset between pages', { path: 'record/v1/invoice?limit=10&offset=5' }, 400, 'INVALID_PARAMETER'],
  [
    'a wrong reference',
    { path: 'record/v1/customer', method: 'POST', body: '{"companyName":"X","terms":{"id":"99"}}' },
    400,
    'INVALID_CONTENT',
  ],
  ['a missing field', { path: 'record/v1/invoice', method: 'POST', body: '{"memo":"x"}' }, 400, 'USER_ERROR'],
  ['no JSON', { path: 'record/v1/customer', method: 'POST', body: '{' }, 400, 'INVALID_CONTENT'],
  [
    'an unknown name, when it asks',
    {
      path: 'record/v1/customer',
      method: 'POST',
      body: '{"companyName":"X","colour":"red"}',
      heads: { 'X-NetSuite-PropertyNameValidation': 'Error' },
    },
    400,
    'INVALID_CONTENT',
  ],
  [
    'a wrong transform',
    { path: 'record/v1/customerPayment/1/!transform/invoice', method: 'POST', body: '{}' },
    404,
    'NONEXISTENT_ID',
  ],
  [
    'SuiteQL that is none',
    { path: 'query/v1/suiteql', method: 'POST', body: '{"q":"DROP TABLE customer"}' },
    400,
    'INVALID_PARAMETER',
  ],
] as const)('%s is refused', async (_, call, status, code) => {
  expect(await failure(call)).toMatchObject({ status, 'o:errorCode': code });
});

test('a repeated idempotency key makes nothing', async () => {
  const call = {
    path: 'record/v1/vendor',
    method: 'POST',
    body: '{"companyName":"Once"}',
    heads: { 'X-NetSuite-Idempotency-Key': 'key-1' },
  };
  await client.request(call);
  const before = count('ns_vendor');
  expect(await failure(call)).toMatchObject({ status: 400, 'o:errorCode': 'IDEMPOTENCY_ERROR' });
  expect(count('ns_vendor')).toBe(before);
});

test('a wrong secret and a full account are told', async () => {
  const stranger = login(netsuite.url, { token_secret: 'wrong' });
  await expect(stranger.request({ path: 'record/v1/customer' })).rejects.toMatchObject({
    response: { statusCode: 401 },
  });
  netsuite.control.setFaults({ throttle: true });
  const query = { path: 'query/v1/suiteql', method: 'POST', body: '{"q":"SELECT id FROM customer"}' };
  expect(await failure(query)).toMatchObject({ status: 429, 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' });
});

test('the catalogue describes the records', async () => {
  const { data } = await client.request({ path: 'record/v1/metadata-catalog' });
  expect(data.items.map(({ name }: { name: string }) => name)).toContain('returnAuthorization');
  const heads = { Accept: 'application/schema+json' };
  const { data: schema } = await client.request({ path: 'record/v1/metadata-catalog/invoice', heads });
  expect(schema.properties.amountRemaining.type).toBe('number');
});

test('a request answered later leaves a job with its answer, once for each key', async () => {
  const heads = { Prefer: 'respond-async', 'X-NetSuite-Idempotency-Key': 'job-1' };
  const call = { path: 'record/v1/vendor', method: 'POST', heads };
  // The client sets `prefer` itself for every body it sends, so the record comes without one and fails.
  const job = await client.request(call);
  expect(job.statusCode).toBe(202);
  const path = `async/v1/job/${idAt(job)}`;
  const { data } = await client.request({ path });
  expect(data).toMatchObject({ id: idAt(job), completed: true, progress: 'failed' });
  const { data: tasks } = await client.request({ path: `${path}/task` });
  expect(tasks.items).toHaveLength(1);
  expect(await failure({ path: `${path}/task/1/result` })).toMatchObject({ status: 400, 'o:errorCode': 'USER_ERROR' });
  expect(await failure(call)).toMatchObject({ status: 400, 'o:errorCode': 'IDEMPOTENCY_ERROR' });
  const { data: limits } = await client.request({ path: 'system/v1/governanceLimits' });
  expect(limits.accountConcurrencyLimit).toBe(15);
});
