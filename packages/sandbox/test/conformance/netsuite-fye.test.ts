import { createRequire } from 'node:module';
import { netsuiteCredentials } from '../../src/netsuite/credentials.ts';
import type { Sandbox } from '../netsuite-support.ts';
import { startSandbox } from '../netsuite-support.ts';

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: the client does not type what it returns.
  body: any;
}
interface Fye {
  makeRequest(config: object, call: object): Promise<Answer>;
  update(config: object, call: object): Promise<Answer>;
  salesOrderPath: string;
  purchaseOrderPath: string;
  expandAbleSubResourcesQueryParam: string;
}

const fye: Fye = createRequire(import.meta.url)('@fye/netsuite-rest-api');

let netsuite: Sandbox;
let config: Record<string, unknown>;
beforeAll(async () => {
  netsuite = await startSandbox();
  config = {
    netsuiteApiHost: new URL(netsuite.url).host,
    consumerKey: netsuiteCredentials.consumerKey,
    consumerSecret: netsuiteCredentials.consumerSecret,
    netsuiteAccountId: netsuiteCredentials.account,
    netsuiteTokenKey: netsuiteCredentials.tokenId,
    netsuiteTokenSecret: netsuiteCredentials.tokenSecret,
    netsuiteQueryLimit: 25,
    testEnv: true,
  };
});
afterEach(() => netsuite.control.heal());
afterAll(() => netsuite.close());

const suiteql = (query: string, nextUrl?: string) =>
  fye.makeRequest(config, { query, method: 'POST', requestType: 'suiteql', nextUrl });
const record = (method: string, path: string, query?: object) =>
  fye.makeRequest(config, { query, method, requestType: 'record', path });
const row = (sql: string, ...values: (string | number)[]) => netsuite.world.db.prepare(sql).get(...values);
const idAt = ({ headers }: Answer) => headers.location?.split('/').at(-1) ?? '';

test('follows the links of SuiteQL to the last page', async () => {
  const query = "SELECT id, BUILTIN.DF(entity) AS who FROM transaction WHERE type = 'SalesOrd' ORDER BY id";
  const ids = new Set<string>();
  for (let next: string | undefined = '', pages = 0; next !== undefined; pages += 1) {
    const { statusCode, body }: Answer = await suiteql(query, next || undefined);
    expect(statusCode).toBe(200);
    expect(body.offset).toBe(pages * 25);
    for (const { id, who } of body.items) {
      ids.add(id);
      expect(who).toMatch(/^CUST\d+ /);
    }
    next = body.links.find(({ rel }: { rel: string }) => rel === 'next')?.href;
  }
  expect(ids.size).toBe(row("SELECT COUNT(*) AS n FROM ns_transaction WHERE type = 'SalesOrd'")?.n);
});

test('creates, reads with lines, updates and deletes a sales order', async () => {
  const item = { items: [{ item: { id: '102' }, quantity: 4, rate: 12.5 }] };
  const made = await record('POST', fye.salesOrderPath, { entity: { id: '4001' }, memo: 'fye', item });
  expect(made.statusCode).toBe(204);
  const id = idAt(made);
  const path = `${fye.salesOrderPath}/${id}?${fye.expandAbleSubResourcesQueryParam}`;
  const read = await record('GET', path);
  expect(read.body).toMatchObject({ id, total: 50, memo: 'fye', item: { items: [{ quantity: 4, rate: 12.5 }] } });
  const changed = await fye.update(config, {
    id,
    path: fye.salesOrderPath,
    updateValues: { memo: 'changed', orderStatus: { id: 'B' } },
  });
  expect(changed.statusCode).toBe(204);
  expect(row('SELECT memo, status FROM ns_transaction WHERE id = ?', Number(id))).toMatchObject({
    memo: 'changed',
    status: 'B',
  });
  expect((await record('DELETE', `${fye.salesOrderPath}/${id}`)).statusCode).toBe(204);
  expect((await record('GET', path)).statusCode).toBe(404);
});

test('buys from a vendor', async () => {
  const item = { items: [{ item: { id: '301' }, quantity: 2, rate: 10 }] };
  const id = idAt(await record('POST', fye.purchaseOrderPath, { entity: { externalId: 'vendor-2' }, item }));
  const { body } = await record('GET', `${fye.purchaseOrderPath}/${id}`);
  expect(body).toMatchObject({
    total: 20,
    entity: { id: '3002' },
    orderStatus: { id: 'B', refName: 'Pending Receipt' },
  });
});

test.each([
  ['a query with an unknown column', 400, 'INVALID_PARAMETER', () => suiteql('SELECT colour FROM customer')],
  ['a missing order', 404, 'NONEXISTENT_ID', () => record('GET', `${fye.salesOrderPath}/1`)],
  ['an order of nobody', 400, 'USER_ERROR', () => record('POST', fye.salesOrderPath, { memo: 'x' })],
  ['an order of nothing', 400, 'USER_ERROR', () => record('POST', fye.salesOrderPath, { entity: { id: '4001' } })],
  [
    'an item that is none',
    400,
    'INVALID_CONTENT',
    () => record('POST', fye.salesOrderPath, { entity: { id: '4001' }, item: { items: [{ item: { id: '9' } }] } }),
  ],
] as const)('%s is told with status %d', async (_, status, code, act) => {
  const { statusCode, body } = await act();
  expect(statusCode).toBe(status);
  expect(body).toMatchObject({ status, 'o:errorDetails': [{ 'o:errorCode': code, detail: expect.any(String) }] });
});

test('a wrong token and an account over its limit', async () => {
  const call = { query: 'SELECT id FROM customer', method: 'POST', requestType: 'suiteql' };
  const refused = await fye.makeRequest({ ...config, netsuiteTokenSecret: 'wrong' }, call);
  expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([
    401,
    expect.stringContaining('OAuth realm'),
  ]);
  netsuite.control.setFaults({ throttle: true });
  expect((await fye.makeRequest(config, call)).statusCode).toBe(429);
});
