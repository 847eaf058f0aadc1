import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser, openPage } from '@customer360/testing/browser';
import { eventually } from '@customer360/testing/eventually';
import { readOperation } from '@customer360/testing/operations';
import type { Browser, Locator, Page } from 'playwright-core';
import { expectedFinancials, richAccount } from './expected.ts';
import type { Product, ProductOptions } from './product.ts';
import { startProduct } from './product.ts';

const freshMs = 300;
const shortAges = {
  NETSUITE_FRESH_MS: String(freshMs),
  SALESFORCE_FRESH_MS: String(freshMs),
  MARKETO_FRESH_MS: String(freshMs),
  NETSUITE_RESET_TIMEOUT_MS: '200',
  SALESFORCE_RESET_TIMEOUT_MS: '200',
  MARKETO_RESET_TIMEOUT_MS: '200',
};
const closedReason = 'Customer details need Salesforce, which is temporarily unavailable';
/** Longer than the longest pause after which the page asks again. */
const longerThanAPauseMs = 20_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 30_000);
afterAll(() => browser.close());

const startCached = (env: ProductOptions['env'] = {}) =>
  startProduct({ size: 200, cached: true, env: { ...shortAges, CACHE_STALE_WHILE_REVALIDATE: '0', ...env } });

/** The page, on a clock of its own that can be put forward. */
async function open(product: Product, path = '/') {
  const { page, complaints } = await openPage(browser, 'about:blank');
  await page.clock.install();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) asked += 1;
  });
  await page.goto(product.gateway.url + path);
  await page.evaluate('globalThis.samePage = true');
  return {
    page,
    complaints,
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      expect(await page.evaluate('globalThis.samePage')).toBe(true);
      await page.close();
    },
  };
}

const usd = (amount: number) => amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const table = (page: Page) => page.getByRole('table', { name: /Active deals/ });
const banner = (page: Page) => page.getByRole('status').filter({ hasText: /unavailable\.$/ });
const bannerText = async (page: Page) => (await banner(page).textContent()) ?? '';

/** Puts the clock forward until something has gone: a system that is back is tried by one call before all others. */
async function untilGone(page: Page, part: Locator) {
  for (let times = 0; times < 6 && (await part.count()) > 0; times += 1) {
    await page.clock.fastForward(longerThanAPauseMs);
    await part.waitFor({ state: 'detached', timeout: 1500 }).catch(() => undefined);
  }
  expect(await part.count()).toBe(0);
}

/** Everything is there, and nothing is wrong. */
async function whenWhole(page: Page) {
  for (const name of ['ARR', 'Campaigns', 'Pipeline by stage'])
    await card(page, name).getByText(/\d/).first().waitFor();
  await table(page).getByRole('row').nth(20).waitFor();
  await untilGone(page, banner(page));
}

/** Waits until nothing that was read is fresh any more, and has the page ask. */
async function askAnew(page: Page) {
  await sleep(2 * freshMs);
  await page.getByRole('button', { name: 'Refresh all figures' }).click();
}

describe('values were read before their system went away', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startCached();
  }, 30_000);
  afterAll(() => product[Symbol.asyncDispose]());
  afterEach(async () => {
    product.heal();
    await eventually(async () => {
      const { extensions } = await product.ask(readOperation('dashboard'));
      return ((extensions?.sources ?? []) as { stale: boolean }[]).every(({ stale }) => !stale);
    });
  });

  test('critical: ARR and cash stay with their time under a banner that moves nothing, and recover by themselves', async () => {
    await using opened = await open(product);
    const { page, complaints, asked } = opened;
    const { arr, cashOnHand } = expectedFinancials(product.world);
    await whenWhole(page);
    const places = () =>
      Promise.all(
        [card(page, 'ARR'), card(page, 'Customer health'), card(page, 'Campaigns'), table(page)].map((part) =>
          part.boundingBox(),
        ),
      );
    const before = await places();

    product.setFaults('netsuite', { outage: '503' });
    await askAnew(page);
    await banner(page).waitFor();
    expect(await bannerText(page)).toMatch(
      /^Financial data is cached \(\d+ s old\)\. NetSuite is temporarily unavailable\.$/,
    );
    for (const [name, value] of [
      ['ARR', arr],
      ['Cash on hand', cashOnHand],
    ] as const) {
      await card(page, name).getByText(usd(value)).waitFor();
      await card(page, name)
        .getByText(/^as of \d/)
        .waitFor();
      await card(page, name)
        .getByText(/cached · \d+ s/)
        .waitFor();
    }
    await table(page)
      .getByRole('columnheader', { name: /Payment/ })
      .getByText(/cached/)
      .first()
      .waitFor();
    expect(await card(page, 'Customer health').textContent()).toMatch(/N\/A/);
    for (const name of ['Customer health', 'Campaigns', 'Pipeline by stage']) {
      expect(
        await card(page, name)
          .getByText(/cached|unavailable/)
          .count(),
      ).toBe(0);
    }
    const pills = page.getByRole('list', { name: 'Systems' }).getByRole('listitem');
    // That an account has no customer in NetSuite is not remembered for long, so something may be missing as well.
    expect((await pills.allTextContents()).join()).toMatch(/NetSuite: (?:Cached|Down)/);
    expect(await places()).toEqual(before);
    // A message takes nobody's focus.
    const refresh = page.getByRole('button', { name: 'Refresh all figures' });
    expect(await refresh.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);

    const askedBefore = asked();
    const age = async () => Number(/· (\d+) s/.exec((await card(page, 'ARR').textContent()) ?? '')?.[1]);
    const first = await age();
    await page.clock.runFor(3000);
    expect(await age()).toBeGreaterThanOrEqual(first + 3);
    expect(asked()).toBe(askedBefore);

    await page.getByRole('button', { name: 'Retry', exact: true }).first().click();
    await eventually(() => asked() > askedBefore);

    product.heal();
    await untilGone(page, banner(page));
    await card(page, 'ARR').getByText(usd(arr)).waitFor();
    expect(await card(page, 'ARR').textContent()).not.toMatch(/cached|as of/);
    expect(complaints).toEqual([]);
  });

  test('high: the pipeline stays with its age, and a row says why it does not open', async () => {
    await using opened = await open(product);
    const { page, complaints } = opened;
    await whenWhole(page);
    const row = table(page).getByRole('row').filter({ hasNotText: '(no account)' }).nth(3);
    const values = await row.textContent();
    const stages = await card(page, 'Pipeline by stage').getByRole('row').allTextContents();

    product.setFaults('salesforce', { outage: '503' });
    await askAnew(page);
    await banner(page).waitFor();
    expect(await bannerText(page)).toMatch(
      /^CRM data is cached \(\d+ s old\)\. Salesforce is temporarily unavailable\.$/,
    );
    await card(page, 'Pipeline by stage')
      .getByText(/cached · \d+ s/)
      .waitFor();
    expect(await card(page, 'Pipeline by stage').getByRole('row').allTextContents()).toEqual(stages);
    expect(await row.textContent()).toBe(values);

    await row.click();
    await page.getByRole('status').filter({ hasText: closedReason }).waitFor();
    expect(await page.getByRole('complementary').count()).toBe(0);
    expect(page.url()).not.toContain('account=');
    const button = row.getByRole('button');
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await button.getAttribute('aria-description')).toBe(closedReason);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText(closedReason).waitFor({ state: 'detached' });
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByText(closedReason).waitFor();

    product.heal();
    await untilGone(page, banner(page));
    await page.getByText(closedReason).waitFor({ state: 'detached' });
    await row.click();
    await page.getByRole('complementary').waitFor();
    expect(complaints).toEqual([]);
  });

  test('medium: the last marketing touch stays while it is known', async () => {
    await using opened = await open(product);
    const { page, complaints } = opened;
    await whenWhole(page);
    const touches = () => page.locator('td[data-column="touch"]').allTextContents();
    const before = await touches();

    product.setFaults('marketo', { outage: '503' });
    await askAnew(page);
    await banner(page).waitFor();
    expect(await bannerText(page)).toMatch(
      /^Marketing data is cached \(\d+ s old\)\. Marketo is temporarily unavailable\.$/,
    );
    expect(await touches()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  test('two at once: one banner for both', async () => {
    await using opened = await open(product);
    const { page, complaints } = opened;
    await whenWhole(page);
    product.setFaults('netsuite', { outage: '503' });
    product.setFaults('marketo', { outage: '503' });
    await askAnew(page);
    await page.getByRole('status').filter({ hasText: 'NetSuite and Marketo' }).waitFor();
    expect(await banner(page).count()).toBe(1);
    expect(await bannerText(page)).toMatch(
      /^Financial and marketing data is cached \(\d+ s old\)\. NetSuite and Marketo are temporarily unavailable\.$/,
    );
    expect(complaints).toEqual([]);
  });

  test('an open customer says that something may be outdated, and stops saying so', async () => {
    await using opened = await open(product, `/?account=${richAccount(product.world)}`);
    const { page, complaints } = opened;
    const panel = page.getByRole('complementary');
    const financials = panel.getByRole('region', { name: 'Financials' });
    await financials.getByText('Open balance').waitFor();
    const outdated = panel.getByText('Some information may be outdated');
    await whenWhole(page);
    expect(await outdated.count()).toBe(0);
    const place = await financials.boundingBox();

    product.setFaults('netsuite', { outage: '503' });
    await askAnew(page);
    await outdated.waitFor();
    await financials.getByText('Open balance').waitFor();
    await financials.getByText(/cached · \d+ s/).waitFor();
    expect(await financials.boundingBox()).toEqual(place);

    product.heal();
    await untilGone(page, outdated);
    expect(complaints).toEqual([]);
  });
});

test('medium: the last marketing touch is hidden while nothing of it is known, and comes back by itself', async () => {
  await using product = await startCached();
  product.setFaults('marketo', { outage: '503' });
  await using opened = await open(product);
  const { page, complaints } = opened;
  const column = table(page).getByRole('columnheader', { name: /^Last marketing touch/ });
  await table(page).getByRole('row').nth(20).waitFor();
  expect(await column.count()).toBe(0);
  for (const name of ['Account', 'Stage', 'Amount', 'Payment', 'Open invoices']) {
    await table(page)
      .getByRole('columnheader', { name: new RegExp(`^${name}`) })
      .waitFor();
  }
  expect(
    await card(page, 'Pipeline by stage')
      .getByText(/cached|unavailable/)
      .count(),
  ).toBe(0);

  await page.getByText('Columns · 1 hidden').click();
  await page
    .getByRole('list', { name: 'Columns' })
    .getByRole('listitem')
    .filter({ hasText: 'Last marketing touch' })
    .getByText('Hidden, comes back by itself. Marketo is temporarily unavailable.')
    .waitFor();
  await page.keyboard.press('Escape');

  product.heal();
  await untilGone(page, page.getByText('Columns · 1 hidden'));
  await column.waitFor();
  expect(complaints).toEqual([]);
});

test('a value that is merely being refreshed makes no banner, and the newer one comes by itself', async () => {
  await using product = await startCached({ CACHE_STALE_WHILE_REVALIDATE: '100', NETSUITE_FRESH_MS: '4000' });
  await using opened = await open(product);
  const { page, complaints } = opened;
  await whenWhole(page);
  await sleep(4000);
  await page.getByRole('button', { name: 'Refresh all figures' }).click();
  await card(page, 'ARR')
    .getByText(/\d+ s · refreshing/)
    .waitFor();
  expect(await banner(page).count()).toBe(0);

  await page.clock.fastForward(5000);
  await card(page, 'ARR')
    .getByText(/refreshing/)
    .waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
