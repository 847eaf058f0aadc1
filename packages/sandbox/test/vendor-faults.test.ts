import { createControl } from '../src/vendor/control.ts';
import type { VendorReply } from '../src/vendor/reply.ts';
import type { VendorRequest } from '../src/vendor/request.ts';
import type { RunningVendor } from '../src/vendor/server.ts';
import { startVendor } from '../src/vendor/server.ts';

const rows = Array.from({ length: 100 }, (_, id) => ({ id, name: `Row ${id}`, amount: '10.00' }));
const xml = '<r><a:amount type="x">10.00</a:amount><a:name>Né</a:name><list><item>1</item></list></r>';

let vendor: RunningVendor;
let handled = 0;
let webhook: object | null = null;

beforeAll(async () => {
  const handle = ({ url }: VendorRequest): VendorReply => {
    handled += 1;
    if (url.pathname === '/bytes') return { status: 200, body: Buffer.from([0, 255, 254]) };
    if (url.pathname === '/xml') return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml };
    return { status: 200, body: { rows, hasMore: false } };
  };
  vendor = await startVendor({
    host: '127.0.0.1',
    port: 0,
    control: createControl(),
    compress: true,
    handle,
    crash: (error) => ({ status: 500, body: { crashed: String(error) } }),
    webhook: {
      get: () => webhook,
      set(body) {
        webhook = body as object;
      },
      remove() {
        webhook = null;
      },
    },
  });
});
afterAll(() => vendor.close());
beforeEach(() => {
  handled = 0;
});

const control = (method: string, path: string, body?: object) =>
  fetch(`${vendor.url}/_control/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
const breakAs = async (faults: object) => {
  const answer = await control('PUT', 'faults', faults);
  expect(answer.status).toBe(200);
};
const call = (path = '/rows', init: RequestInit = {}) =>
  fetch(vendor.url + path, { signal: AbortSignal.timeout(1500), ...init });
/** What a client sees of a call that goes wrong on its way. */
const seen = (path?: string) =>
  call(path)
    .then((answer) => answer.text())
    .catch((error: Error) => error.name);

test.each([
  ['refuse', 'TypeError', 0],
  ['hang', 'TimeoutError', 0],
  ['drip', 'TimeoutError', 1],
  ['cut', 'TypeError', 1],
  ['lose', 'TypeError', 1],
  ['flood', 'TimeoutError', 1],
])('%s ends as %s for a client, the call handled %i times', async (outage, end, times) => {
  await breakAs({ outage });
  await expect(seen()).resolves.toBe(end);
  expect(handled).toBe(times);
});

test('503 and a body that ends too early are whole answers', async () => {
  await breakAs({ outage: '503' });
  expect((await call()).status).toBe(503);
  await breakAs({ outage: 'malformed' });
  const text = await seen();
  expect(text.length).toBeGreaterThan(100);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test('any answer stands in for the vendor’s: a page, nothing, a redirect, a bomb', async () => {
  await breakAs({ answer: { headers: { 'content-type': 'text/html' }, body: '<html>Maintenance</html>' } });
  await expect(seen()).resolves.toBe('<html>Maintenance</html>');
  await breakAs({ answer: {} });
  await expect(seen()).resolves.toBe('');
  await breakAs({ answer: { status: 302, headers: { location: 'http://127.0.0.1:9/trap' } } });
  expect((await call('/rows', { redirect: 'manual' })).status).toBe(302);
  await breakAs({ answer: { body: '0', times: 20_000_000, gzip: true } });
  const bomb = await call('/rows');
  expect((await bomb.text()).length).toBe(20_000_000);
  expect(handled).toBe(0);
});

test('rules meet some calls, some times, and the rest of the faults the others', async () => {
  await breakAs({
    rules: [
      { path: '/rows?page=2', times: 2, answer: { status: 429 } },
      { method: 'POST', body: 'update', outage: 'lose' },
    ],
  });
  const statuses: number[] = [];
  for (const path of ['/rows?page=1', '/rows?page=2', '/rows?page=2', '/rows?page=2']) {
    statuses.push((await call(path)).status);
  }
  expect(statuses).toEqual([200, 429, 429, 200]);
  await expect(call('/rows', { method: 'POST', body: 'an update' })).rejects.toThrow();
  expect((await call('/rows', { method: 'POST', body: 'a read' })).status).toBe(200);
});

test('a share of calls meets the outage', async () => {
  await breakAs({ outage: '503', share: 0.3 });
  const statuses = await Promise.all(Array.from({ length: 200 }, () => call().then(({ status }) => status)));
  const down = statuses.filter((status) => status === 503).length;
  expect(down).toBeGreaterThan(30);
  expect(down).toBeLessThan(90);
});

test('the schema drifts, in JSON and in XML', async () => {
  await breakAs({
    drift: { remove: ['id'], nullify: ['amount'], rename: { name: 'title' }, set: { hasMore: true } },
  });
  const answer = (await (await call()).json()) as object;
  expect(answer).toMatchObject({ hasMore: true, rows: { length: 100 } });
  expect(answer).toHaveProperty('rows.0', { title: 'Row 0', amount: null });
  const drifted = await seen('/xml');
  expect(drifted).toContain('<a:title>Né</a:title>');
  expect(drifted).toMatch(/<a:amount xmlns:xsi="[^"]+" xsi:nil="true"\/>/);
  await breakAs({ drift: { set: { amount: '1<2' }, remove: ['item'] } });
  await expect(seen('/xml')).resolves.toBe(
    '<r><a:amount type="x">1&lt;2</a:amount><a:name>Né</a:name><list></list></r>',
  );
});

test('headers and the clock are off', async () => {
  await breakAs({ headers: { 'retry-after': '999999999' }, clockOffsetMs: 600_000 });
  const { headers } = await call();
  expect(headers.get('retry-after')).toBe('999999999');
  const ahead = Date.parse(headers.get('date') ?? '') - Date.now();
  expect(ahead).toBeGreaterThan(590_000);
  expect(vendor.control.clock()() - Date.now()).toBeGreaterThan(590_000);
});

test('tokens expire once, or again and again', async () => {
  const before = vendor.control.tokenGeneration;
  await breakAs({ expireTokens: true });
  await call();
  expect(vendor.control.tokenGeneration).toBe(before + 1);
  await breakAs({ expireTokens: 0.5 });
  for (let round = 0; round < 20; round += 1) await call();
  expect(vendor.control.tokenGeneration).toBeGreaterThan(before + 3);
});

test('events are lost, doubled, late and out of order', async () => {
  const arrive = async (events: object) => {
    await breakAs({ events });
    const arrived: number[] = [];
    for (let event = 0; event < 200; event += 1) vendor.control.deliver(() => arrived.push(event));
    await new Promise((resolve) => setTimeout(resolve, 400));
    return arrived;
  };
  const inOrder = Array.from({ length: 200 }, (_, event) => event);
  await expect(arrive({})).resolves.toEqual(inOrder);
  expect((await arrive({ drop: 0.5 })).length).toBeLessThan(150);
  expect((await arrive({ duplicate: 0.5 })).length).toBeGreaterThan(250);
  const shuffled = await arrive({ shuffle: 0.5 });
  expect(shuffled).not.toEqual(inOrder);
  expect(shuffled.toSorted((one, other) => one - other)).toEqual(inOrder);
  await breakAs({ events: { delayMs: 100 } });
  let late = false;
  vendor.control.deliver(() => {
    late = true;
  });
  expect(late).toBe(false);
});

test('whoever takes gzip gets it; bytes stay bytes', async () => {
  await breakAs({});
  const packed = await call('/rows', { headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  await expect(packed.json()).resolves.toHaveProperty('rows.length', 100);
  const plain = await call('/rows', { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect([...new Uint8Array(await (await call('/bytes')).arrayBuffer())]).toEqual([0, 255, 254]);
});

test('a control call that cannot be meant is refused and changes nothing', async () => {
  await breakAs({ latencyMs: 1 });
  const wrong = await control('PUT', 'faults', { outage: 'sulk', latency: 3 });
  expect(wrong.status).toBe(400);
  expect(((await wrong.json()) as { error: string }).error).toContain('latency');
  expect(vendor.control.faults.latencyMs).toBe(1);
  expect((await control('POST', 'change', {})).status).toBe(404);
  expect((await control('PUT', 'nothing', {})).status).toBe(404);
});

test('a webhook is set, shown and taken away', async () => {
  await control('PUT', 'webhook', { url: 'http://127.0.0.1:9' });
  await expect((await control('GET', 'webhook')).json()).resolves.toEqual({ webhook: { url: 'http://127.0.0.1:9' } });
  await control('DELETE', 'webhook');
  await expect((await control('GET', 'webhook')).json()).resolves.toEqual({ webhook: null });
});
