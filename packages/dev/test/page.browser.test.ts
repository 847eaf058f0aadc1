import { launchBrowser, openPage } from '@customer360/testing/browser';
import type { Browser } from 'playwright-core';
import { expectedCustomer, expectedFinancials, richAccount } from './expected.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
}, 60_000);
afterAll(() => Promise.all([browser.close(), product[Symbol.asyncDispose]()]));
afterEach(() => product.heal());

const usd = (amount: number) => amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const open = async (path = '/') => {
  const { page, complaints } = await openPage(browser, product.gateway.url + path);
  return { page, complaints, [Symbol.asyncDispose]: () => page.close() };
};

test('the page shows figures, pipeline, campaigns and fifty deals with columns of three systems', async () => {
  await using opened = await open();
  const { page, complaints } = opened;
  const { arr, mrr, cashOnHand } = expectedFinancials(product.world);

  for (const [card, value] of [
    ['ARR', arr],
    ['MRR', mrr],
    ['Cash on hand', cashOnHand],
  ] as const) {
    await page.getByRole('region', { name: card, exact: true }).getByText(usd(value)).waitFor();
  }
  await page.getByRole('region', { name: 'Pipeline by stage' }).getByText('Prospecting').waitFor();
  await page.getByRole('region', { name: 'Campaigns', exact: true }).getByRole('row').nth(1).waitFor();
  const rows = page.getByRole('table', { name: /Active deals/ }).getByRole('row');
  await rows.nth(50).waitFor();
  expect(await rows.count()).toBe(51);
  for (const column of ['Account', 'Stage', 'Amount', 'Payment', 'Last marketing touch']) {
    await page
      .getByRole('table', { name: /Active deals/ })
      .getByRole('columnheader', { name: new RegExp(`^${column}`) })
      .waitFor();
  }
  expect(complaints).toEqual([]);
});

test('a click on a row opens that customer, Escape closes the panel and gives the focus back', async () => {
  await using opened = await open();
  const { page, complaints } = opened;
  const row = page
    .getByRole('table', { name: /Active deals/ })
    .getByRole('row')
    // Some deals have no account, on purpose.
    .filter({ hasNotText: '(no account)' })
    .nth(3);
  await row.waitFor();
  const account = ((await row.getByRole('rowheader').first().textContent()) ?? '').trim();
  await row.click();
  const panel = page.getByRole('complementary', { name: account });
  // Not every account is known to the ERP; all have a place for their tickets.
  await panel
    .getByText(/tickets/i)
    .first()
    .waitFor();
  expect(page.url()).toContain('account=001');

  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  expect(await row.and(page.locator(':focus, :focus-within')).count()).toBe(1);
  expect(complaints).toEqual([]);
});

test('a link to a customer opens the panel with what three systems know', async () => {
  const accountId = richAccount(product.world);
  const expected = expectedCustomer(product.world, accountId);
  await using opened = await open(`/?account=${accountId}`);
  const panel = opened.page.getByRole('complementary', { name: String(expected.name) });

  await panel
    .getByText(expected.openInvoices?.[0]?.invoiceNumber as string)
    .first()
    .waitFor();
  await panel
    .getByText(/Engagement/)
    .first()
    .waitFor();
  await panel
    .getByText(/tickets/i)
    .first()
    .waitFor();
});

test.each([
  ['netsuite', 'NetSuite', 'ARR'],
  ['marketo', 'Marketo', 'Campaigns'],
  ['salesforce', 'Salesforce', 'Pipeline by stage'],
] as const)('with %s down its sections say so and the others stay', async (vendor, name, card) => {
  product.setFaults(vendor, { outage: '503' });
  await using opened = await open();
  const { page } = opened;

  await page
    .getByRole('region', { name: card, exact: true })
    .getByText(new RegExp(`${name}.*unavailable`, 'i'))
    .first()
    .waitFor();
  const others = ['ARR', 'Campaigns', 'Pipeline by stage'].filter((title) => title !== card);
  for (const title of others) {
    const region = page.getByRole('region', { name: title, exact: true });
    await region.getByText(/\d/).first().waitFor();
    expect(await region.getByText(/unavailable/i).count()).toBe(0);
  }
  if (vendor !== 'salesforce') {
    await page
      .getByRole('table', { name: /Active deals/ })
      .getByRole('row')
      .nth(50)
      .waitFor();
  }
});

test('on a phone nothing runs off the screen', async () => {
  await using opened = await open();
  await opened.page.setViewportSize({ width: 360, height: 740 });
  await opened.page.getByRole('region', { name: 'ARR', exact: true }).waitFor();
  const overflow = await opened.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
});
