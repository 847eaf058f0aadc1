import { startNetsuite } from '../src/netsuite/server.ts';
import { openWorld } from '../src/world/world.ts';
import { postEnvelope } from './netsuite-soap-support.ts';
import { createQuery, getToken, today } from './netsuite-support.ts';

const start = async (concurrency?: number) => {
  const world = openWorld({ seed: 7, size: 5, today });
  return startNetsuite({ host: '127.0.0.1', port: 0, world, ...(concurrency ? { concurrency } : {}) });
};
const count = (statuses: number[], status: number) => statuses.filter((each) => each === status).length;

test('SOAP, REST and SuiteQL share one pool', async () => {
  const netsuite = await start(3);
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
