import type { Sandbox } from './support.ts';
import { accountsClaimed, dataCalls, startGraph, startSandbox, transports, wrongSecret } from './support.ts';

const query = 'query ($id: ID!) { customer(id: $id) { lifetimeValue } }';

describe.each(transports)('when NetSuite misbehaves over %s', (transport) => {
  let sandbox: Sandbox;
  let id: string;
  const graphWith = (env: Record<string, string> = {}) =>
    startGraph(sandbox.url, { NETSUITE_TRANSPORT: transport, ...env });
  const calls = () => sandbox.control.calls.length;

  beforeAll(async () => {
    sandbox = await startSandbox({ size: 60 });
    id = String(accountsClaimed(sandbox.world, 1, 1)[0]);
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    sandbox.control.heal();
    sandbox.control.clearCalls();
  });

  test.each([
    ['refuse', 'UPSTREAM_UNAVAILABLE'],
    ['503', 'UPSTREAM_UNAVAILABLE'],
    ['malformed', 'UPSTREAM_MALFORMED'],
    ['hang', 'UPSTREAM_TIMEOUT'],
    ['drip', 'UPSTREAM_TIMEOUT'],
  ])('an outage of kind %s is one error %s, soon', async (outage, code) => {
    await using graph = await graphWith({ NETSUITE_TIMEOUT_MS: '1500' });
    await graph.ask(query, { id });
    sandbox.control.setFaults({ outage });
    const startedAt = performance.now();
    const { data, errors } = await graph.ask(query, { id });

    expect(data).toEqual({ customer: { lifetimeValue: null } });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('NetSuite'),
      path: ['customer', 'lifetimeValue'],
      extensions: { code, source: 'NETSUITE' },
    });
    expect(performance.now() - startedAt).toBeLessThan(4000);

    sandbox.control.heal();
    expect((await graph.ask(query, { id })).errors).toBeUndefined();
  });

  test.each(['refuse', '503', 'malformed'])('an outage of kind %s at the start is got over', async (outage) => {
    sandbox.control.setFaults({ outage });
    await using graph = await graphWith();
    const { errors } = await graph.ask(query, { id });
    expect(errors?.[0]?.extensions.source).toBe('NETSUITE');

    sandbox.control.heal();
    expect((await graph.ask(query, { id })).errors).toBeUndefined();
  });

  test('a dead NetSuite costs a page at most twice the calls of one that answers, however many fields ask', async () => {
    const page = `query ($id: ID!) {
      customer(id: $id) {
        lifetimeValue openBalance creditLimit paymentTerms finance { paymentStatus } erpLink { status }
        invoices { invoiceId } open: invoices(status: OPEN) { invoiceId } recentOrders { orderId } erpFreshness { asOf }
      }
      netsuiteCustomers(externalIds: [$id]) { salesforceAccount { netsuiteCustomer { companyName } } }
      getDashboardMetrics { financials { arr mrr cashOnHand grossMargin burnRate freshness { asOf } } }
    }`;
    await using graph = await graphWith();
    expect((await graph.ask(page, { id })).errors).toBeUndefined();
    sandbox.control.clearCalls();
    await graph.ask(page, { id });
    const alive = calls();
    sandbox.control.setFaults({ outage: '503' });
    sandbox.control.clearCalls();
    const { errors = [] } = await graph.ask(page, { id });

    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    expect(alive).toBe(transport === 'rest' ? 4 : 8);
    expect(calls()).toBeGreaterThanOrEqual(alive);
    // Each is made once more; the answer does not wait for all of them.
    expect(calls()).toBeLessThanOrEqual(2 * alive);
  });

  test('throttling is UPSTREAM_BUSY, and the vendor is left alone for a while', async () => {
    await using graph = await graphWith();
    await graph.ask(query, { id });
    sandbox.control.clearCalls();
    sandbox.control.setFaults({ throttle: true });
    for (let index = 0; index < 20; index += 1) {
      const { errors } = await graph.ask(query, { id });
      expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_BUSY');
    }
    expect(calls()).toBeLessThanOrEqual(2);
  });

  test('a wrong secret is asked about once, not once for each request', async () => {
    await using graph = await graphWith(wrongSecret);
    const answers = await Promise.all(Array.from({ length: 30 }, () => graph.ask(query, { id })));
    answers.push(await graph.ask(query, { id }));
    for (const { errors } of answers) expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_CREDENTIALS');
    expect(sandbox.control.calls.filter(({ status }) => status >= 400)).toHaveLength(1);
  });

  test.each([
    { shuffle: true, drop: 0, duplicate: 0.4 },
    { shuffle: true, drop: 0.3, duplicate: 0.3 },
    { shuffle: true, drop: 0.02, duplicate: 0 },
  ])('rows scrambled by %j: every value is right, or null with an error', async (scramble) => {
    const ids = [0, 1, 2].flatMap((times) => accountsClaimed(sandbox.world, times, 15));
    const fields = `{ accountId lifetimeValue openBalance creditLimit erpLink { status internalId candidates }
      finance { overdueBalance { amount } paymentStatus } invoices(first: 200) { invoiceId amountRemaining { amount } }
      open: invoices(status: OPEN, first: 200) { invoiceId } recentOrders(first: 200) { orderId } }`;
    const asked = `{ ${ids.map((each, index) => `a${index}: customer(id: "${each}") ${fields}`).join(' ')}
      company: getDashboardMetrics { financials { arr mrr cashOnHand grossMargin burnRate } } }`;
    await using graph = await graphWith();
    const truth = (await graph.ask(asked)).data as Record<string, Record<string, unknown>>;
    sandbox.control.setFaults({ scramble });

    const codes = new Set<unknown>();
    for (let round = 0; round < 4; round += 1) {
      const { data, errors = [] } = await graph.ask(asked);
      for (const { extensions } of errors) codes.add(extensions.code);
      const failed = new Set(errors.map(({ path = [] }) => path.join('.')));
      const seen = data as Record<string, Record<string, unknown>>;
      for (const [alias, own] of Object.entries(truth)) {
        const [known, shown] = alias === 'company' ? [own.financials, seen[alias]?.financials] : [own, seen[alias]];
        const place = alias === 'company' ? 'company.financials' : alias;
        for (const [field, value] of Object.entries(known as Record<string, unknown>)) {
          expect((shown as Record<string, unknown>)[field]).toEqual(failed.has(`${place}.${field}`) ? null : value);
        }
      }
    }
    // A small share may spare every row of one round, but not of all.
    expect(codes).toEqual(new Set(scramble.drop > 0 ? ['UPSTREAM_MALFORMED'] : []));
  });

  test('an answer with more pages is read to the end', async () => {
    const big = await startSandbox({ size: 700 });
    try {
      await using graphOfBig = await startGraph(big.url, { NETSUITE_TRANSPORT: transport });
      const ids = accountsClaimed(big.world, 1, 600);
      const deals = ids.map((accountId) => ({ __typename: 'Deal', opportunityId: '006000000000001AAA', accountId }));
      const { data } = await graphOfBig.ask(
        'query ($deals: [_Any!]!) { _entities(representations: $deals) { ... on Deal { invoices(first: 200) { invoiceId } } } }',
        { deals },
      );
      const tables = (data?._entities ?? []) as { invoices: unknown[] }[];
      const found = tables.reduce((sum, { invoices }) => sum + invoices.length, 0);
      const row = big.world.db
        .prepare(
          `SELECT COUNT(*) AS total FROM ns_transaction t JOIN ns_customer c ON c.id = t.customer_id
           WHERE t.type = 'CustInvc' AND c.external_id IN (SELECT value FROM json_each(?))`,
        )
        .get(JSON.stringify(ids));
      expect(row?.total).toBeGreaterThan(1000);
      expect(found).toBe(row?.total);
    } finally {
      await big.close();
    }
  });
});

test('an expired token is renewed once for fifty requests at a time', async () => {
  const sandbox = await startSandbox({ size: 60 });
  try {
    const [id] = accountsClaimed(sandbox.world, 1, 1);
    await using graph = await startGraph(sandbox.url);
    await graph.ask(query, { id });
    sandbox.control.clearCalls();
    sandbox.control.setFaults({ expireTokens: true });
    const answers = await Promise.all(Array.from({ length: 50 }, () => graph.ask(query, { id })));

    for (const { errors } of answers) expect(errors).toBeUndefined();
    expect(sandbox.control.calls.filter(({ operation }) => operation === 'token')).toHaveLength(1);
    expect(dataCalls(sandbox).length).toBeLessThanOrEqual(100);
  } finally {
    await sandbox.close();
  }
});
