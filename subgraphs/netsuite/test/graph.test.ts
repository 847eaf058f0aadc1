import { expectedCustomers, expectedFinancials, expectedInvoices, expectedOrders } from './expected.ts';
import type { Graph, Sandbox } from './support.ts';
import { accountsClaimed, dataCalls, startGraph, startSandbox, transports } from './support.ts';

let sandbox: Sandbox;
let graph: Graph;

beforeAll(async () => {
  sandbox = await startSandbox({ size: 400 });
  graph = await startGraph(sandbox.url);
});
afterAll(async () => {
  await graph.close();
  await sandbox.close();
});
beforeEach(() => sandbox.control.clearCalls());

const rail = `query ($id: ID!) { getCustomer360(accountId: $id) {
  accountId lifetimeValue openBalance creditLimit paymentTerms
  finance { lifetimeValue { amount currency } openBalance { amount } overdueBalance { amount } creditLimit { amount }
    creditAvailable { amount } paymentTerms paymentStatus }
  erpLink { status internalId externalId candidates }
  invoices(first: 200) { invoiceId invoiceNumber status amount total { amount currency } amountRemaining { amount }
    issuedOn dueDate daysOverdue customer { accountId } }
  recentOrders(first: 200) { orderId orderNumber placedOn status total { amount } amount }
  erpFreshness { source origin stale }
} }`;

const newestFirst = <Row extends { date: string; internalId: string }>(rows: readonly Row[]) =>
  [...rows].sort((a, b) => b.date.localeCompare(a.date) || Number(b.internalId) - Number(a.internalId));

test('a profile shows the figures of the books, to the cent, in two calls', async () => {
  for (const id of accountsClaimed(sandbox.world, 1, 60)) {
    sandbox.control.clearCalls();
    const { data, errors } = await graph.ask(rail, { id });
    const customer = expectedCustomers(sandbox.world).find(({ externalId }) => externalId === id);
    const invoices = newestFirst(expectedInvoices(sandbox.world).filter(({ accountId }) => accountId === id));
    const orders = newestFirst(expectedOrders(sandbox.world).filter(({ accountId }) => accountId === id));

    expect(errors).toBeUndefined();
    expect(dataCalls(sandbox)).toEqual(['suiteql', 'suiteql']);
    expect(data?.getCustomer360).toMatchObject({
      accountId: id,
      lifetimeValue: Number(customer?.lifetimeValue),
      openBalance: Number(customer?.openBalance),
      creditLimit: customer?.creditLimit === null ? null : Number(customer?.creditLimit),
      paymentTerms: customer?.terms,
      finance: {
        lifetimeValue: { amount: customer?.lifetimeValue, currency: customer?.currency },
        openBalance: { amount: customer?.openBalance },
        overdueBalance: { amount: customer?.overdueBalance },
      },
      erpLink: { status: 'LINKED', internalId: customer?.internalId, externalId: id, candidates: 1 },
      invoices: invoices.map((invoice) => ({
        invoiceId: invoice.internalId,
        invoiceNumber: invoice.number,
        status: invoice.state,
        amount: Number(invoice.total),
        total: { amount: invoice.total, currency: invoice.currency },
        amountRemaining: { amount: invoice.remaining },
        issuedOn: invoice.date,
        dueDate: invoice.dueDate,
        daysOverdue: invoice.daysOverdue,
        customer: { accountId: id },
      })),
      recentOrders: orders.map((order) => ({
        orderId: order.internalId,
        orderNumber: order.number,
        placedOn: order.date,
        total: { amount: order.total },
        amount: Number(order.total),
      })),
      erpFreshness: { source: 'NETSUITE', origin: 'LIVE', stale: false },
    });
  }
});

test('a field group that is not asked for is not read', async () => {
  const [id] = accountsClaimed(sandbox.world, 1, 1);
  const calls = async (fields: string) => {
    sandbox.control.clearCalls();
    await graph.ask(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id });
    return dataCalls(sandbox).length;
  };
  expect(await calls('accountId')).toBe(0);
  expect(await calls('lifetimeValue paymentTerms erpFreshness { asOf }')).toBe(1);
  expect(await calls('finance { paymentTerms }')).toBe(1);
  expect(await calls('finance { ...on CustomerFinance { paymentStatus } }')).toBe(2);
  expect(await calls('a: invoices(status: "OPEN") { invoiceId } b: invoices(status: PAID) { invoiceId }')).toBe(1);
  expect(await calls('erpFreshness { asOf }')).toBe(1);
});

test('an account that two ERP customers claim shows nobody’s figures, and says so', async () => {
  const ids = accountsClaimed(sandbox.world, 2);
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) {
    const { data, errors } = await graph.ask(rail, { id });
    expect(errors).toBeUndefined();
    expect(data?.getCustomer360).toMatchObject({
      lifetimeValue: null,
      openBalance: null,
      creditLimit: null,
      paymentTerms: null,
      finance: null,
      erpLink: { status: 'AMBIGUOUS', internalId: null, externalId: id, candidates: 2 },
      invoices: null,
      recentOrders: null,
    });
  }
});

test.each(transports)(
  'over %s an account that two claim is told as such although neither was ever billed',
  async (transport) => {
    const { db } = sandbox.world;
    const [id = '', single = ''] = accountsClaimed(sandbox.world, 2, 2);
    db.exec(`SAVEPOINT unbilled; UPDATE ns_transaction SET customer_id = NULL WHERE customer_id IN
    (SELECT id FROM ns_customer WHERE external_id IN ('${id}', '${single}'));
    UPDATE ns_customer SET external_id = NULL WHERE id = (SELECT MIN(id) FROM ns_customer WHERE external_id = '${single}')`);
    try {
      await using graph = await startGraph(sandbox.url, { NETSUITE_TRANSPORT: transport });
      const table = await graph.ask(
        `query ($deals: [_Any!]!) { _entities(representations: $deals) { ... on Deal {
        invoices(first: 3) { invoiceId } paymentStatus } } }`,
        {
          deals: [id, single].map((accountId) => ({
            __typename: 'Deal',
            opportunityId: '006000000000001AAA',
            accountId,
          })),
        },
      );
      expect(table).toEqual({
        data: {
          _entities: [
            { invoices: null, paymentStatus: null },
            { invoices: [], paymentStatus: 'NO_INVOICES' },
          ],
        },
      });
    } finally {
      db.exec('ROLLBACK TO unbilled; RELEASE unbilled');
    }
  },
);

test('an account without an ERP customer is not an error', async () => {
  const [id] = accountsClaimed(sandbox.world, 0, 1);
  const { data, errors } = await graph.ask(rail, { id });
  expect(errors).toBeUndefined();
  expect(data?.getCustomer360).toMatchObject({
    lifetimeValue: null,
    finance: null,
    erpLink: { status: 'NOT_FOUND', internalId: null, externalId: id, candidates: 0 },
    invoices: [],
    recentOrders: [],
  });
});

const table = `query ($deals: [_Any!]!) { _entities(representations: $deals) { ... on Deal {
  invoices(first: 3) { invoiceId daysOverdue } paymentStatus erpFreshness { source } } } }`;

test.each([50, 200])('a table of %i deals is one call', async (size) => {
  const accounts = accountsClaimed(sandbox.world, 1, size);
  const deals = accounts.map((accountId, index) => ({
    __typename: 'Deal',
    opportunityId: `006000000000${String(index).padStart(3, '0')}AAA`,
    accountId,
  }));
  const { data, errors } = await graph.ask(table, { deals });
  const invoices = newestFirst(expectedInvoices(sandbox.world));

  expect(errors).toBeUndefined();
  const calls = dataCalls(sandbox);
  expect(calls).toHaveLength(Math.max(1, Math.ceil(countInvoices(accounts) / 1000)));
  expect(data?._entities).toMatchObject(
    accounts.map((id) => ({
      invoices: invoices
        .filter(({ accountId }) => accountId === id)
        .slice(0, 3)
        .map(({ internalId, daysOverdue }) => ({ invoiceId: internalId, daysOverdue })),
      erpFreshness: { source: 'NETSUITE' },
    })),
  );
});

function countInvoices(accounts: readonly string[]): number {
  return expectedInvoices(sandbox.world).filter(({ accountId }) => accounts.includes(accountId)).length;
}

test('a deal without an account has no invoices', async () => {
  const deals = [{ __typename: 'Deal', opportunityId: '006000000000001AAA', accountId: null }];
  const { data, errors } = await graph.ask(table, { deals });
  expect(errors).toBeUndefined();
  expect(data?._entities).toEqual([{ invoices: [], paymentStatus: 'NO_INVOICES', erpFreshness: null }]);
});

test('the company figures are those of the ledger, in two calls', async () => {
  const { data, errors } = await graph.ask(
    '{ getDashboardMetrics { financials { arr mrr cashOnHand grossMargin burnRate currency freshness { source } } } }',
  );
  expect(errors).toBeUndefined();
  expect(dataCalls(sandbox)).toEqual(['suiteql', 'suiteql']);
  expect(data?.getDashboardMetrics).toEqual({
    financials: { ...expectedFinancials(sandbox.world), currency: 'USD', freshness: { source: 'NETSUITE' } },
  });
});

test('customers by external id come in the order asked, null where there is not exactly one', async () => {
  const [linked] = accountsClaimed(sandbox.world, 1, 1);
  const [twice] = accountsClaimed(sandbox.world, 2, 1);
  const [never] = accountsClaimed(sandbox.world, 0, 1);
  const { data } = await graph.ask(
    `query ($ids: [ID!]!) { netsuiteCustomers(externalIds: $ids) { externalId salesforceAccount { accountId } } }`,
    { ids: [never, linked, twice, linked] },
  );
  const found = { externalId: linked, salesforceAccount: { accountId: linked } };
  expect(data?.netsuiteCustomers).toEqual([null, found, null, found]);
  expect(dataCalls(sandbox)).toHaveLength(1);
});

test('an ERP customer is found by either key', async () => {
  const [expected] = expectedCustomers(sandbox.world).filter(
    ({ externalId }) => externalId === accountsClaimed(sandbox.world, 1, 1)[0],
  );
  const representations = [
    { __typename: 'NetSuiteCustomer', internalId: expected?.internalId },
    { __typename: 'NetSuiteCustomer', externalId: expected?.externalId },
    { __typename: 'Account', accountId: expected?.externalId },
  ];
  const { data } = await graph.ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on NetSuiteCustomer { companyName } ... on Account { netsuiteCustomer { companyName } } } }`,
    { of: representations },
  );
  const named = { companyName: expected?.companyName };
  expect(data?._entities).toEqual([named, named, { netsuiteCustomer: named }]);
});
