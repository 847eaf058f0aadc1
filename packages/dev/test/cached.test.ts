import { setTimeout as sleep } from 'node:timers/promises';
import { entityTag, tagsDroppedWith, typeTag } from '@customer360/kit/cache/key';
import { readOperation } from '@customer360/testing/operations';
import { richAccount } from './expected.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

interface SourceTold {
  source: string;
  origin: string;
  ageSeconds: number;
  stale: boolean;
  warning: string | null;
}

const sourcesOf = (answer: { extensions?: unknown }) =>
  Object.fromEntries(
    ((answer.extensions as { sources?: SourceTold[] } | undefined)?.sources ?? []).map((told) => [told.source, told]),
  );

const rail = (product: Product, accountId: string) => product.ask(readOperation('rail'), { accountId });
/** Answers are not kept whole, so that what subgraphs keep is seen. */
const withoutAnswers = { OPERATION_CACHE: 'false' };

test.each(['true', 'false'])('a page that is asked again costs no vendor call (answers kept: %s)', async (kept) => {
  await using product = await startProduct({ size: 120, cached: true, env: { OPERATION_CACHE: kept } });
  const accountId = richAccount(product.world);
  const pages = () =>
    Promise.all([
      rail(product, accountId),
      product.ask(readOperation('table'), { first: 50 }),
      product.ask(readOperation('dashboard')),
    ]);
  const first = await pages();
  product.forgetCalls();
  const again = await pages();

  expect(product.callCount()).toBe(0);
  for (const [index, answer] of again.entries()) {
    expect(answer.errors).toEqual([]);
    expect(withoutAges(answer.data)).toEqual(withoutAges(first[index]?.data));
    const told = Object.values(sourcesOf(answer));
    expect(told).not.toHaveLength(0);
    expect(told.map(({ origin }) => origin)).not.toContain('LIVE');
    expect(told.every(({ stale, ageSeconds }) => !stale && ageSeconds >= 1)).toBe(true);
  }
});

const withoutAges = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value) => (/freshness/i.test(key) ? undefined : value)));

test('fifty people who ask for a customer at the same time cost the calls of one', async () => {
  await using product = await startProduct({ size: 60, cached: true, env: { ...withoutAnswers, COALESCE: 'false' } });
  const accountId = richAccount(product.world);
  product.forgetCalls();
  await rail(product, accountId);
  const alone = product.calls();
  await product.backbone.store.drop(['netsuite', 'salesforce', 'marketo']);
  product.forgetCalls();
  const answers = await Promise.all(Array.from({ length: 50 }, () => rail(product, accountId)));

  expect(answers.every(({ status, errors }) => status === 200 && errors.length === 0)).toBe(true);
  const together = product.calls();
  for (const system of ['netsuite', 'salesforce', 'marketo'] as const) {
    const withoutLogin = (calls: string[]) => calls.filter((operation) => operation !== 'token').length;
    expect(withoutLogin(together[system])).toBeLessThanOrEqual(withoutLogin(alone[system]));
  }
});

test.each(['true', 'false'])(
  'dropping a customer reads that one again and no other (answers kept: %s)',
  async (kept) => {
    await using product = await startProduct({ size: 120, cached: true, env: { OPERATION_CACHE: kept } });
    const [one = '', other = ''] = product.world.db
      .prepare(
        'SELECT external_id AS id FROM ns_customer WHERE external_id IS NOT NULL GROUP BY 1 HAVING count(*) = 1 LIMIT 2',
      )
      .all()
      .map(({ id }) => String(id));
    await Promise.all([rail(product, one), rail(product, other)]);
    product.forgetCalls();
    await product.backbone.store.drop(tagsDroppedWith([entityTag('NETSUITE', 'customer', one)]));

    await rail(product, other);
    expect(product.callCount()).toBe(0);
    const anew = await rail(product, one);
    expect(sourcesOf(anew).NETSUITE?.origin).toBe('LIVE');
    expect(product.calls()).toMatchObject({ netsuite: ['suiteql', 'suiteql'], salesforce: [], marketo: [] });

    await product.backbone.store.drop([typeTag('NETSUITE', 'customer')]);
    product.forgetCalls();
    await rail(product, other);
    expect(product.calls().netsuite).toHaveLength(2);
  },
);

test('what is a little too old is given out at once, says so, and is new the next time', async () => {
  const env = { ...withoutAnswers, NETSUITE_FRESH_MS: '1000' };
  await using product = await startProduct({ size: 60, cached: true, env });
  const accountId = richAccount(product.world);
  await rail(product, accountId);
  await sleep(1100);
  product.setFaults('netsuite', { latencyMs: 300 });
  const began = performance.now();
  const old = await rail(product, accountId);

  expect(performance.now() - began).toBeLessThan(250);
  expect(sourcesOf(old).NETSUITE).toMatchObject({ origin: 'STALE_CACHE', stale: true });
  expect(sourcesOf(old).NETSUITE?.warning).toMatch(/^Financial data is cached \(2 s old\)\. It is being refreshed\.$/);
  await sleep(500);
  expect(sourcesOf(await rail(product, accountId)).NETSUITE).toMatchObject({
    origin: 'CACHE',
    stale: false,
    warning: null,
  });
});

test('of a system that is slow the last known values are given out after the soft deadline', async () => {
  const env = { ...withoutAnswers, NETSUITE_FRESH_MS: '500', CACHE_STALE_WHILE_REVALIDATE: '0' };
  await using product = await startProduct({ size: 60, cached: true, env });
  const accountId = richAccount(product.world);
  const first = await rail(product, accountId);
  await sleep(600);
  product.setFaults('netsuite', { latencyMs: 1500 });
  const began = performance.now();
  const old = await rail(product, accountId);
  const ms = performance.now() - began;

  expect(ms).toBeGreaterThan(350);
  expect(ms).toBeLessThan(900);
  expect(old.errors).toEqual([]);
  expect(withoutAges(old.data)).toEqual(withoutAges(first.data));
  expect(sourcesOf(old).NETSUITE?.warning).toMatch(/NetSuite is answering slowly\.$/);
});
