import { readOperation } from '@customer360/testing/operations';
import {
  accountIds,
  contestedIds,
  expectedAttribution,
  expectedBilling,
  expectedCustomer,
  expectedFinancials,
  expectedOpportunities,
  expectedPrograms,
  expectedStages,
  richAccount,
} from './expected.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 30_000);
afterAll(() => product[Symbol.asyncDispose]());

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

test('GetCustomerFinancials answers what the ERP and the CRM hold', async () => {
  const accountId = richAccount(product.world);
  const { status, data, errors } = await product.ask(readOperation('get-customer-financials'), { accountId });
  const { name, openBalance, creditLimit, openInvoices } = expectedCustomer(product.world, accountId);

  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  expect(openInvoices?.length).toBeGreaterThan(0);
  expect(data.customer).toEqual({ name, openBalance, creditLimit, invoices: openInvoices });
});

test('GetCustomerFinancials is right for accounts with one ERP customer, with none and with several', async () => {
  const seen = new Set<string>();
  for (const accountId of [...accountIds(product.world, 50), ...contestedIds(product.world)]) {
    const { data, errors } = await product.ask(readOperation('get-customer-financials'), { accountId });
    const { name, openBalance, creditLimit, openInvoices, customers } = expectedCustomer(product.world, accountId);
    expect(errors).toEqual([]);
    expect(data.customer).toEqual({ name, openBalance, creditLimit, invoices: openInvoices });
    seen.add(openInvoices === null ? 'ambiguous' : customers === 0 ? 'unlinked' : 'linked');
  }
  expect(seen).toEqual(new Set(['linked', 'unlinked', 'ambiguous']));
});

test('GetActivePipeline lists the open opportunities', async () => {
  const { data, errors } = await product.ask(readOperation('get-active-pipeline'));
  const expected = new Map(expectedOpportunities(product.world).map((row) => [row.id, row]));

  expect(errors).toEqual([]);
  expect(data.opportunities).toHaveLength(Math.min(200, expected.size));
  for (const opportunity of data.opportunities) expect(opportunity).toEqual(expected.get(opportunity.id));
});

test('getCustomer360 joins the three systems in one profile', async () => {
  const accountId = richAccount(product.world);
  const { data, errors } = await product.ask(readOperation('unified-schema'), { accountId }, 'Customer360');
  const { name, openBalance, engagementScore } = expectedCustomer(product.world, accountId);

  expect(errors).toEqual([]);
  expect(data.getCustomer360).toMatchObject({ accountId, name, openBalance, engagementScore });
  expect(data.getCustomer360.openTickets.length).toBeGreaterThan(0);
});

test('getActivePipeline carries CRM, ERP and marketing columns', async () => {
  const { data, errors } = await product.ask(readOperation('unified-schema'), {}, 'ActivePipeline');

  expect(errors).toEqual([]);
  expect(data.getActivePipeline).toHaveLength(50);
  const dates = data.getActivePipeline.map((deal: { closeDate: string }) => deal.closeDate);
  expect(dates).toEqual([...dates].sort());
  expect(data.getActivePipeline.some((deal: { invoices: unknown[] }) => deal.invoices?.length > 0)).toBe(true);
  expect(data.getActivePipeline.some((deal: { lastMarketingTouch: unknown }) => deal.lastMarketingTouch)).toBe(true);
});

test('getDashboardMetrics answers figures recomputed from the ledger, the pipeline and the programs', async () => {
  const { data, errors } = await product.ask(readOperation('dashboard'));
  const { financials, pipeline, marketing } = data.getDashboardMetrics;

  expect(errors).toEqual([]);
  expect(financials).toMatchObject({ ...expectedFinancials(product.world), currency: 'USD' });
  expect([...pipeline].sort((a, b) => (a.stage < b.stage ? -1 : 1))).toEqual(
    expectedStages(product.world).sort((a, b) => (String(a.stage) < String(b.stage) ? -1 : 1)),
  );
  const programs = new Map(expectedPrograms(product.world).map((program) => [program.campaignId, program]));
  expect(marketing).toHaveLength(programs.size);
  for (const campaign of marketing)
    expect(campaign).toMatchObject(programs.get(campaign.campaignId) ?? { name: 'unknown' });
});

test('lifetime value and overdue balance are right for fifty accounts', async () => {
  const query = `query ($id: ID!) { customer(id: $id) { erpLink { status } finance { lifetimeValue { amount } overdueBalance { amount } } } }`;
  let overdue = 0;
  for (const id of accountIds(product.world, 50)) {
    const { data, errors } = await product.ask(query, { id });
    expect(errors).toEqual([]);
    if (data.customer.erpLink.status !== 'LINKED') continue;
    const { lifetimeValue, overdueBalance } = expectedBilling(product.world, id);
    expect(data.customer.finance).toEqual({
      lifetimeValue: { amount: lifetimeValue },
      overdueBalance: { amount: overdueBalance },
    });
    if (overdueBalance !== '0.00') overdue += 1;
  }
  expect(overdue).toBeGreaterThan(0);
});

test('attributed revenue of every program follows the linear model, and all parts add up to the deals', async () => {
  const { data, errors } = await product.ask('{ campaigns(first: 200) { campaignId attributedRevenue { amount } } }');
  const { revenue, total } = expectedAttribution(product.world);

  expect(errors).toEqual([]);
  let sum = 0;
  for (const { campaignId, attributedRevenue } of data.campaigns) {
    const cents = Math.round(Number(attributedRevenue.amount) * 100);
    const expected = revenue.get(campaignId) ?? { cents: 0, deals: 0 };
    // Each deal's cents are whole: a share is rounded up or down by less than one.
    expect(Math.abs(cents - expected.cents)).toBeLessThanOrEqual(expected.deals);
    sum += cents;
  }
  expect(total).toBeGreaterThan(0);
  expect(sum).toBe(total);
});

test("the document's third operation names answer too", async () => {
  const { data, errors } = await product.ask(readOperation('unified-schema'), {}, 'DashboardMetrics');
  expect(errors).toEqual([]);
  expect(data.getDashboardMetrics.pipeline.length).toBeGreaterThan(3);
});

test('an account that does not exist is null without an error', async () => {
  const { data, errors } = await product.ask(readOperation('rail'), { accountId: '001Hs0000009999IAA' });
  expect({ data, errors }).toEqual({ data: { customer: null }, errors: [] });
});

test('an id that cannot be one is refused before any vendor is asked', async () => {
  product.forgetCalls();
  const { data, errors } = await product.ask(readOperation('get-customer-financials'), {
    accountId: "x' OR Name != '",
  });

  expect(data.customer).toBeNull();
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(product.callCount()).toBe(0);
});

test('opportunities and tickets keep their account over every edge', async () => {
  const query =
    '{ getActivePipeline(first: 20) { opportunityId accountId account { accountId name opportunities(isClosed: false) { id } } } }';
  const { data, errors } = await product.ask(query);

  expect(errors).toEqual([]);
  for (const deal of data.getActivePipeline) {
    if (deal.accountId === null) continue;
    expect(deal.account.accountId).toBe(deal.accountId);
    expect(deal.account.opportunities.map((each: { id: string }) => each)).toEqual(
      expect.arrayContaining([{ id: deal.opportunityId }].sort(byId)),
    );
  }
});
