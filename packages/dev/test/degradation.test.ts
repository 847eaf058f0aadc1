import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@customer360/testing/eventually';
import type { Vendor } from '../src/addresses.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

/** One query over everything that the levels of degradation are about. */
const query = `
  query {
    getDashboardMetrics {
      financials { arr mrr cashOnHand currency freshness { ...F } }
      pipeline { stage dealCount totalAmount }
      pipelineFreshness { ...F }
      marketing { campaignId name leadsGenerated }
      marketingFreshness { ...F }
    }
    getActivePipeline(first: 20) {
      opportunityId
      stage
      amount
      crmFreshness { ...F }
      paymentStatus
      erpFreshness { ...F }
      lastMarketingTouch { occurredAt kind }
      marketingFreshness { ...F }
    }
  }
  fragment F on Freshness { source origin asOf ageSeconds stale warning }
`;

interface Told {
  source: string;
  origin: string | null;
  asOf: string | null;
  ageSeconds: number | null;
  stale: boolean;
  warning: string | null;
}

type Answer = Awaited<ReturnType<Product['ask']>>;

/** Everything but what tells of ages. */
const valuesOf = ({ data }: Answer) =>
  JSON.parse(JSON.stringify(data, (key, value) => (/freshness$/i.test(key) ? undefined : value)));

/** Every `Freshness` of an answer. */
function freshnessOf({ data }: Answer): Told[] {
  const found: Told[] = [];
  JSON.stringify(data, (key, value) => {
    if (/freshness$/i.test(key) && value) found.push(value);
    return value;
  });
  return found;
}

const sourcesOf = ({ extensions }: Answer) => extensions?.sources as Told[];

/** The first answer that lacks nothing and is as new as it should be. */
async function untilWell(product: Product): Promise<Answer> {
  let answer = await product.ask(query);
  await eventually(async () => {
    if (answer.errors.length === 0 && [...sourcesOf(answer), ...freshnessOf(answer)].every(({ stale }) => !stale)) {
      return true;
    }
    answer = await product.ask(query);
    return false;
  }, 10_000);
  return answer;
}

const names = { netsuite: 'NetSuite', salesforce: 'Salesforce', marketo: 'Marketo' };
const kinds = { netsuite: 'Financial data', salesforce: 'CRM data', marketo: 'Marketing data' };

/** What is told of values that a system cannot renew: where they are from, how old they are, and why; all of it agrees. */
function expectCached(told: Told, system: Vendor) {
  expect(told).toEqual({
    source: system.toUpperCase(),
    origin: 'STALE_CACHE',
    asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    ageSeconds: expect.any(Number),
    stale: true,
    warning: `${kinds[system]} is cached (${told.ageSeconds} s old). ${names[system]} is temporarily unavailable.`,
  });
  expect(told.ageSeconds).toBeGreaterThanOrEqual((4 * freshMs) / 1000);
  expect(Math.abs((Date.now() - Date.parse(told.asOf ?? '')) / 1000 - (told.ageSeconds ?? 0))).toBeLessThan(2);
}

const freshMs = 300;
const shortAges = {
  NETSUITE_FRESH_MS: String(freshMs),
  SALESFORCE_FRESH_MS: String(freshMs),
  MARKETO_FRESH_MS: String(freshMs),
  NETSUITE_RESET_TIMEOUT_MS: '200',
  SALESFORCE_RESET_TIMEOUT_MS: '200',
  MARKETO_RESET_TIMEOUT_MS: '200',
};

describe('values were read before their system went away', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ size: 60, cached: true, env: { ...shortAges, CACHE_STALE_WHILE_REVALIDATE: '0' } });
  }, 30_000);
  afterAll(() => product[Symbol.asyncDispose]());
  afterEach(() => product.heal());

  test.each([
    ['critical: ARR and cash', ['netsuite']],
    ['high: the pipeline', ['salesforce']],
    ['medium: marketing', ['marketo']],
    ['critical and medium at once', ['netsuite', 'marketo']],
  ] as const)('%s stay as they were last known, and say so', async (_, dead: readonly Vendor[]) => {
    const before = await untilWell(product);
    for (const system of dead) product.setFaults(system, { outage: '503' });
    await sleep(4 * freshMs);

    const now = await product.ask(query);
    expect(now.status).toBe(200);
    expect(now.errors).toEqual([]);
    expect(valuesOf(now)).toEqual(valuesOf(before));
    expect(before.data.getDashboardMetrics.financials.arr).toBeGreaterThan(0);
    expect(before.data.getDashboardMetrics.pipeline.length).toBeGreaterThan(0);

    const isDead = ({ source }: Told) => dead.some((system) => source === system.toUpperCase());
    const sources = sourcesOf(now);
    expect(sources.map(({ source }) => source).sort()).toEqual(['MARKETO', 'NETSUITE', 'SALESFORCE']);
    for (const system of dead) {
      const [told] = sources.filter(({ source }) => source === system.toUpperCase());
      expect(told).toMatchObject({ origin: 'STALE_CACHE', stale: true });
      // The age is that of the oldest value, which may be one that was not to be renewed yet.
      expect(told?.warning).toMatch(
        new RegExp(`^${kinds[system]} is cached \\(\\d+ s old\\)\\. ${names[system]} is temporarily unavailable\\.$`),
      );
      expect(told?.ageSeconds).toBeGreaterThanOrEqual((4 * freshMs) / 1000);
      // Rows without an account are known without the system, so not every value of it is cached.
      const cached = freshnessOf(now).filter(({ source, stale }) => source === system.toUpperCase() && stale);
      expect(cached.length).toBeGreaterThan(0);
      for (const one of cached) expectCached(one, system);
    }
    for (const told of [...sources, ...freshnessOf(now)].filter((one) => !isDead(one))) {
      // On a busy machine the others may be slow, which is said in other words.
      expect(told.warning ?? 'none').not.toMatch(/unavailable/);
    }

    product.heal();
    expect(valuesOf(await untilWell(product))).toEqual(valuesOf(before));
  });
});

test('a value that is merely past its time is given out at once, and says that it is being refreshed', async () => {
  await using product = await startProduct({
    size: 60,
    cached: true,
    env: { ...shortAges, CACHE_STALE_WHILE_REVALIDATE: '100' },
  });
  const arr = '{ getDashboardMetrics { financials { arr freshness { stale ageSeconds warning } } } }';
  const { data: before } = await product.ask(arr);
  await sleep(freshMs + 50);
  const { data } = await product.ask(arr);
  const { freshness } = data.getDashboardMetrics.financials;

  expect(data.getDashboardMetrics.financials.arr).toBe(before.getDashboardMetrics.financials.arr);
  expect(freshness).toMatchObject({
    stale: true,
    warning: `Financial data is cached (${freshness.ageSeconds} s old). It is being refreshed.`,
  });
});

describe('nothing was read before the system went away', () => {
  const roots = { financials: 'netsuite', pipeline: 'salesforce', marketing: 'marketo' } as const;

  test.each(['netsuite', 'salesforce', 'marketo'] as const)('%s: its fields are null and say why', async (dead) => {
    await using product = await startProduct({ size: 60, cached: true, env: shortAges });
    product.setFaults(dead, { outage: '503' });
    const now = await product.ask(query);

    expect(now.status).toBe(200);
    expect(now.errors.length).toBeGreaterThan(0);
    for (const { extensions, path } of now.errors) {
      expect([path, extensions]).toEqual([path, { code: 'UPSTREAM_UNAVAILABLE', source: dead.toUpperCase() }]);
    }
    const { getDashboardMetrics: metrics, getActivePipeline: deals } = now.data;
    for (const [field, owner] of Object.entries(roots)) {
      // Marketo's figures were built when its subgraph started.
      if (owner !== dead) expect([field, metrics[field]]).not.toEqual([field, null]);
    }
    if (dead === 'netsuite') {
      expect(metrics.financials).toMatchObject({ arr: null, mrr: null, cashOnHand: null, freshness: null });
    }
    if (dead === 'salesforce') {
      expect(metrics).toMatchObject({ pipeline: null, pipelineFreshness: null });
      expect(deals).toBeNull();
    } else {
      const lost = dead === 'netsuite' ? 'paymentStatus' : 'lastMarketingTouch';
      const kept = dead === 'netsuite' ? 'lastMarketingTouch' : 'paymentStatus';
      expect(deals.every((deal: Record<string, unknown>) => deal[lost] === null || deal[lost] === 'NO_INVOICES')).toBe(
        true,
      );
      expect(deals.some((deal: Record<string, unknown>) => deal[kept] !== null)).toBe(true);
    }
    const [told] = sourcesOf(now).filter(({ source }) => source === dead.toUpperCase());
    expect(told).toMatchObject({ stale: true, warning: `${names[dead]} is temporarily unavailable.` });

    product.heal();
    await untilWell(product);
  });
});
