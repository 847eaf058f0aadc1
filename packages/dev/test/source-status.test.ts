import { ask } from '@customer360/testing/ask';
import { accountIds } from './expected.ts';
import { until } from './processes.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

const resetMs = 1500;
/** How often copies report what is no change. */
const reportMs = 3000;
const query = `query ($source: SourceSystem!) { sourceStatusOf(source: $source) {
  state since lastSuccessAt errorRate p95Ms servingCachedData cachedAsOf nextTryAt message
  quota { used limit left resetsAt } instances { reporting down }
} }`;

let product: Product;
beforeAll(async () => {
  product = await startProduct({ size: 60, env: { NETSUITE_RESET_TIMEOUT_MS: String(resetMs) } });
}, 30_000);
afterAll(() => product[Symbol.asyncDispose]());

async function statusOf(source: string) {
  const { data, errors } = await product.ask(query, { source });
  expect(errors).toEqual([]);
  return data.sourceStatusOf;
}

const customer = (id: string, field: string) => product.ask(`{ customer(id: "${id}") { ${field} } }`);

test('all systems are well at the start, and to say so costs no call', async () => {
  product.forgetCalls();
  const { data, errors, extensions } = await product.ask(
    '{ sourceStatus { source state message instances { reporting } } }',
  );
  expect(errors).toEqual([]);
  expect(data.sourceStatus).toEqual(
    ['NETSUITE', 'SALESFORCE', 'MARKETO'].map((source) => ({
      source,
      state: 'CLOSED',
      message: null,
      instances: { reporting: 1 },
    })),
  );
  expect(extensions?.sources ?? []).toEqual([]);
  expect(product.calls().netsuite).toEqual([]);
});

test('NetSuite switched off is open after ten calls, with the next try; healed, it is closed by the probe', async () => {
  // An account that was answered once may be answered from what the gateway keeps.
  const [first = '', last = '', ...others] = accountIds(product.world, 12);
  expect((await customer(first, 'openBalance')).errors).toEqual([]);
  expect(await statusOf('NETSUITE')).toMatchObject({ state: 'CLOSED', message: null });
  product.forgetCalls();
  product.setFaults('netsuite', { outage: '503' });
  const began = Date.now();
  for (const id of others) await customer(id, 'openBalance');
  const opened = Date.now();

  // The state is told without a delay: it is no answer that anybody keeps.
  const down = await statusOf('NETSUITE');
  // The tenth, along with the one that went well, opens it; one repetition may be under way then.
  expect([9, 10]).toContain(product.calls().netsuite.length);
  expect(down).toMatchObject({
    state: 'OPEN',
    lastSuccessAt: expect.any(String),
    p95Ms: expect.any(Number),
    message: expect.stringMatching(/^NetSuite is temporarily unavailable\. Next try in [12] s\.$/),
    instances: { reporting: 1, down: 1 },
  });
  expect(down.errorRate).toBeGreaterThan(0.5);
  expect(Date.parse(down.since)).toBeGreaterThanOrEqual(began);
  expect(Date.parse(down.since)).toBeLessThanOrEqual(opened);
  expect(Date.parse(down.lastSuccessAt)).toBeLessThanOrEqual(began);
  expect(Math.abs(Date.parse(down.nextTryAt) - Date.parse(down.since) - resetMs)).toBeLessThan(100);

  await until('a probe is due', async () => (await statusOf('NETSUITE')).nextTryAt === null, 2 * resetMs);
  expect(await statusOf('NETSUITE')).toMatchObject({
    state: 'OPEN',
    since: down.since,
    message: 'NetSuite is temporarily unavailable. The next request tries it again.',
  });
  product.heal();
  expect((await customer(last, 'openBalance')).errors).toEqual([]);
  const well = await statusOf('NETSUITE');
  expect(well).toMatchObject({ state: 'CLOSED', nextTryAt: null, message: null, instances: { reporting: 1, down: 0 } });
  expect(Date.parse(well.since)).toBeGreaterThan(Date.parse(down.since));
  expect(Date.parse(well.lastSuccessAt)).toBeGreaterThan(Date.parse(down.since));
});

test('the quota of Marketo counts the calls that are made', async () => {
  const limit = 50_000;
  const settled = async () => {
    let last = -1;
    await until(
      'the count rests',
      async () => {
        const { used } = (await statusOf('MARKETO')).quota;
        const rests = used === last;
        last = used;
        if (!rests) await new Promise((resolve) => setTimeout(resolve, reportMs + 500));
        return rests;
      },
      5 * reportMs,
    );
    return last;
  };
  const before = await settled();
  product.forgetCalls();
  for (const id of accountIds(product.world, 7)) await customer(id, 'engagementScore');
  const made = product.calls().marketo.filter((operation) => !/token/.test(operation)).length;
  expect(made).toBe(7);
  await until(
    'the calls are told',
    async () => (await statusOf('MARKETO')).quota.used === before + made,
    reportMs + 1000,
  );

  const { quota } = await statusOf('MARKETO');
  expect(quota).toMatchObject({ used: before + made, limit, left: limit - before - made });
  const untilReset = Date.parse(quota.resetsAt) - Date.now();
  expect(untilReset).toBeGreaterThan(0);
  expect(untilReset).toBeLessThanOrEqual(25 * 3_600_000);
}, 40_000);

test('throttling is told with the time until the next call', async () => {
  const [id = ''] = accountIds(product.world, 1);
  product.setFaults('salesforce', { throttle: true });
  await customer(id, 'industry');
  product.heal();
  expect(await statusOf('SALESFORCE')).toMatchObject({
    state: 'CLOSED',
    message: expect.stringMatching(/^Salesforce accepts no more calls at the moment\. Next try in \d+ s\.$/),
  });
});

test('data that is given out in place of NetSuite’s is told with its age, until NetSuite answers again', async () => {
  await using kept = await startProduct({
    size: 60,
    cached: true,
    env: { NETSUITE_FRESH_MS: '100', NETSUITE_RESET_TIMEOUT_MS: '500' },
  });
  const [id = ''] = accountIds(kept.world, 1);
  const askCustomer = () => kept.ask(`{ customer(id: "${id}") { openBalance erpFreshness { asOf } } }`);
  const status = async () => (await kept.ask(query, { source: 'NETSUITE' })).data.sourceStatusOf;
  const { data } = await askCustomer();
  expect(await status()).toMatchObject({ servingCachedData: false, cachedAsOf: null });
  kept.setFaults('netsuite', { outage: '503' });
  await until(
    'old data is told',
    async () => {
      await askCustomer();
      return (await status()).servingCachedData;
    },
    reportMs + 2000,
  );
  expect((await askCustomer()).data.customer).toEqual(data.customer);
  expect((await status()).cachedAsOf).toBe(data.customer.erpFreshness.asOf);
  kept.heal();
  await until(
    'it is over',
    async () => {
      await askCustomer();
      return !(await status()).servingCachedData;
    },
    reportMs + 2000,
  );
}, 30_000);

test('a system whose subgraph is gone is told as such; without the workspace all else is answered', async () => {
  await product.subgraphs.netsuite.close();
  expect(await statusOf('NETSUITE')).toMatchObject({
    state: null,
    message: 'The NetSuite subgraph does not report.',
    instances: { reporting: 0, down: 0 },
  });
  await product.subgraphs.workspace.close();
  const [id = ''] = accountIds(product.world, 1);
  const { data, errors } = await ask(
    product.gateway.url,
    `{ customer(id: "${id}") { engagementScore } sourceStatus { state } }`,
  );
  expect(data.customer).toEqual({ engagementScore: expect.any(Number) });
  expect(data.sourceStatus).toBeNull();
  expect(errors).toMatchObject([{ path: ['sourceStatus'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
});
