import { expectedAttribution } from './expected.ts';
import { cents, printed, sum } from './figures/cents.ts';
import type { MarketoBook } from './figures/marketo-client.ts';
import { openMarketoBook } from './figures/marketo-client.ts';
import { overRecords, overSoap, overSuiteQl } from './figures/netsuite-clients.ts';
import { netsuiteFigures } from './figures/netsuite-figures.ts';
import { overQueries, overRows, salesforceFigures } from './figures/salesforce-clients.ts';
import { marketoTruth, netsuiteTruth, pickCustomers, salesforceTruth } from './figures/world-figures.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

/**
 * The figures of ten random customers, computed a second time: each protocol is read by a client that shares no code
 * with the product, and everything is added up in whole cents. `FIGURES_SEED` picks others.
 */
const seed = Number(process.env.FIGURES_SEED ?? 1);
const places = Array.from({ length: 10 }, (_, index) => index);

let product: Product;
let book: MarketoBook;
let customers: { accountId: string; currency: string }[];
let compared = 0;
beforeAll(async () => {
  product = await startProduct({ size: 500 });
  customers = pickCustomers(product.world, seed, places.length);
  book = await openMarketoBook(urlOf('marketo'));
}, 60_000);
afterAll(() => product[Symbol.asyncDispose]());

function urlOf(vendor: 'netsuite' | 'salesforce' | 'marketo'): string {
  const running = product.sandboxes.vendors[vendor];
  if (!running) throw new Error(`${vendor} has no sandbox`);
  return running.url;
}
const customerAt = (place: number) => customers[place] ?? { accountId: 'none', currency: 'none' };

/** Compares figure by figure, and counts. */
function same(found: object, expected: object): void {
  expect(found).toEqual(expected);
  compared += Object.keys(expected).length;
}

test(`the ten customers of seed ${seed} are ten, in several currencies`, () => {
  expect(new Set(customers.map(({ accountId }) => accountId)).size).toBe(places.length);
  expect(new Set(customers.map(({ currency }) => currency)).size).toBeGreaterThanOrEqual(4);
});

describe.each([
  ['SOAP', overSoap],
  ['REST records', overRecords],
  ['SuiteQL', overSuiteQl],
])('NetSuite over %s', (_, open) => {
  test.each(places)(`customer %i of seed ${seed}: six figures equal the books`, async (place) => {
    const { accountId } = customerAt(place);
    const { world } = product;
    same(netsuiteFigures(await open(urlOf('netsuite'))(accountId), world.today), netsuiteTruth(world, accountId));
  });
});

describe.each([
  ['queries', overQueries],
  ['records', overRows],
])('Salesforce over %s', (_, open) => {
  test.each(places)(`customer %i of seed ${seed}: four figures equal the books`, async (place) => {
    const { accountId } = customerAt(place);
    const found = salesforceFigures(await open(urlOf('salesforce'))(accountId));
    same(found, salesforceTruth(product.world, accountId));
  });
});

test.each(places)(`Marketo over REST, customer %i of seed ${seed}: two figures equal the books`, async (place) => {
  const { accountId } = customerAt(place);
  const leads = await book.leadsOf(accountId);
  const revenue = book.revenueOf(leads.map(({ id }) => id));
  same({ leads: BigInt(leads.length), revenue }, marketoTruth(product.world, accountId));
});

const asked = `query ($id: ID!) { customer(id: $id) {
  finance { openBalance { amount currency } overdueBalance { amount } lifetimeValue { amount } }
  invoices(first: 200) { total { amount } amountRemaining { amount } }
  opportunities(first: 200) { stage amount probability isClosed } openTickets(first: 200) { ticketId }
  marketingPeople(first: 200) { leadId } engagementScore } }`;

test.each(places)(`the gateway, customer %i of seed ${seed}: eleven figures equal the books`, async (place) => {
  const { accountId, currency } = customerAt(place);
  const { data, errors } = await product.ask(asked, { id: accountId });
  expect(errors).toEqual([]);
  const { finance, invoices, opportunities, openTickets, marketingPeople, engagementScore } = data.customer;
  const erp = netsuiteTruth(product.world, accountId);
  const crm = salesforceTruth(product.world, accountId);
  const scores = (await book.leadsOf(accountId)).flatMap(({ score }) => (score === null ? [] : [score]));
  const deals = opportunities as { stage: string; amount: number | null; probability: number; isClosed: boolean }[];
  const total = (list: typeof deals, weight = (_: (typeof deals)[number]) => 1n) =>
    sum(list.map((deal) => (deal.amount === null ? 0n : cents(deal.amount)) * weight(deal)));
  const open = deals.filter(({ isClosed }) => !isClosed);
  const money = (name: 'total' | 'amountRemaining') =>
    sum((invoices as Record<string, { amount: string }>[]).map((invoice) => cents(invoice[name]?.amount)));

  same(
    {
      currency: finance.openBalance.currency,
      openBalance: finance.openBalance.amount,
      overdue: finance.overdueBalance.amount,
      lifetimeValue: finance.lifetimeValue.amount,
      invoiced: money('total'),
      openPipeline: total(open),
      weightedPipeline: total(open, ({ probability }) => BigInt(probability)),
      won: total(deals.filter(({ stage }) => stage === 'Closed Won')),
      openCases: BigInt(openTickets.length),
      leads: BigInt(marketingPeople.length),
      engagementScore,
    },
    {
      currency,
      openBalance: printed(erp.openBalance),
      overdue: printed(erp.overdue),
      lifetimeValue: printed(erp.lifetimeValue),
      invoiced: erp.invoiced,
      ...crm,
      leads: marketoTruth(product.world, accountId).leads,
      engagementScore: scores.length === 0 ? null : Math.min(100, Math.max(0, ...scores)),
    },
  );
});

test('the revenue of every program is the same in Marketo’s raw records, in the books and at the gateway', async () => {
  const { data } = await product.ask('{ campaigns(first: 200) { campaignId attributedRevenue { amount } } }');
  const programs = data.campaigns as { campaignId: string; attributedRevenue: { amount: string } }[];
  const shown = programs.map(({ campaignId, attributedRevenue }) => [campaignId, cents(attributedRevenue.amount)]);
  same(
    Object.fromEntries(shown),
    Object.fromEntries(programs.map(({ campaignId }) => [campaignId, book.byProgram.get(campaignId) ?? 0n])),
  );
  const { total } = expectedAttribution(product.world);
  same({ total: sum([...book.byProgram.values()]) }, { total: BigInt(total) });
  expect(total).toBeGreaterThan(0);
});

// 10 customers: 6 figures over 3 protocols, 4 over 2, 2 over 1, 11 at the gateway; and 24 programs with their sum.
test('that were 415 comparisons', () => {
  expect(compared).toBe(415);
});
