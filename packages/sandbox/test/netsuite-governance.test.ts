import type { NetsuiteLimits } from '../src/netsuite/governance.ts';
import { startNetsuite } from '../src/netsuite/server.ts';
import { openWorld } from '../src/world/world.ts';
import { postEnvelope } from './netsuite-soap-support.ts';
import { askToken, createQuery, getToken, sign, today } from './netsuite-support.ts';

const start = async (limits: Partial<NetsuiteLimits> = {}, now = Date.now) => {
  const world = openWorld({ seed: 7, size: 5, today });
  return startNetsuite({ host: '127.0.0.1', port: 0, world, limits, now });
};
const count = (statuses: number[], status: number) => statuses.filter((each) => each === status).length;

test('SOAP, REST and SuiteQL share one pool', async () => {
  const netsuite = await start({ concurrency: 3 });
  const token = await getToken(netsuite.url);
  netsuite.control.setFaults({ latencyMs: 400 });
  const query = createQuery(netsuite.url, token);
  const record = () =>
    fetch(`${netsuite.url}/services/rest/record/v1/customer`, { headers: { authorization: `Bearer ${token}` } });
  const asked = [
    query('SELECT id FROM customer'),
    record(),
    postEnvelope(netsuite.url, '<getServerTime/>'),
    query('SELECT id FROM customer'),
    record(),
    postEnvelope(netsuite.url, '<getServerTime/>'),
  ];
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(count(statuses, 200)).toBe(3);
  expect(count(statuses, 429) + count(statuses, 500)).toBe(3);

  netsuite.control.heal();
  expect((await query('SELECT id FROM customer')).status).toBe(200);
  await netsuite.close();
});

test('an account has fifteen places unless told otherwise', async () => {
  const netsuite = await start();
  const token = await getToken(netsuite.url);
  netsuite.control.setFaults({ latencyMs: 500 });
  const query = createQuery(netsuite.url, token);
  const answers = await Promise.all(Array.from({ length: 20 }, () => query('SELECT id FROM customer')));
  const statuses = answers.map(({ status }) => status);
  expect([count(statuses, 200), count(statuses, 429)]).toEqual([15, 5]);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ 'o:errorDetails': [{ 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }] });
  await netsuite.close();
});

const code = ({ body }: { body: object }) =>
  (body as { 'o:errorDetails'?: { 'o:errorCode': string }[] })['o:errorDetails']?.[0]?.['o:errorCode'];

test.each([
  { name: 'a minute', limits: { minute: 4 }, span: 60_000 },
  { name: 'a day', limits: { day: 4 }, span: 24 * 60 * 60_000 },
])('the requests of $name are counted over all protocols, refused ones left out', async ({ limits, span }) => {
  let now = Date.now();
  const netsuite = await start(limits, () => now);
  const query = createQuery(netsuite.url, await getToken(netsuite.url));
  const ask = () => query('SELECT id FROM customer');
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  expect((await postEnvelope(netsuite.url, '<getServerTime/>')).status).toBe(200);
  expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect([refused.status, code(refused)]).toEqual([429, 'REQUEST_LIMIT_EXCEEDED']);
  const { status, text } = await postEnvelope(netsuite.url, '<getServerTime/>');
  expect(status).toBe(500);
  expect(text).toMatch(/<platformFaults:exceededRequestLimitFault .*WS_REQUEST_BLOCKED/s);
  now += span / 2;
  expect((await ask()).status).toBe(429);
  now += span / 2;
  const signed = await askToken(netsuite.url, await sign(netsuite.url, { issuedAt: Math.floor(now / 1000) }));
  const { access_token: later } = (await signed.json()) as { access_token: string };
  const fresh = createQuery(netsuite.url, later);
  const statuses = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await fresh('SELECT id FROM customer')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
  await netsuite.close();
});

test.each([
  ['rate', 'REQUEST_LIMIT_EXCEEDED', 'exceededRequestLimitFault'],
  ['day', 'REQUEST_LIMIT_EXCEEDED', 'exceededRequestLimitFault'],
  ['parallel', 'CONCURRENCY_LIMIT_EXCEEDED', 'exceededConcurrentRequestLimitFault'],
  [true, 'CONCURRENCY_LIMIT_EXCEEDED', 'exceededConcurrentRequestLimitFault'],
])('the fault %s is told as %s and %s', async (throttle, restCode, fault) => {
  const netsuite = await start();
  const query = createQuery(netsuite.url, await getToken(netsuite.url));
  netsuite.control.setFaults({ throttle });
  expect(code(await query('SELECT id FROM customer'))).toBe(restCode);
  expect((await postEnvelope(netsuite.url, '<getServerTime/>')).text).toContain(`:${fault} `);
  await netsuite.close();
});
