import { expectedInvoices } from './expected.ts';
import type { Graph, Sandbox } from './support.ts';
import { dataCalls, startGraph, startSandbox } from './support.ts';

let sandbox: Sandbox;
let graph: Graph;

beforeAll(async () => {
  sandbox = await startSandbox();
  graph = await startGraph(sandbox.url);
});
afterAll(async () => {
  await graph.close();
  await sandbox.close();
});

test.each([
  ['{ customer(id: "x\' OR 1=1") { accountId } }', 'id must be a Salesforce id of 15 or 18 letters and digits.'],
  [
    '{ getCustomer360(accountId: "") { accountId } }',
    'accountId must be a Salesforce id of 15 or 18 letters and digits.',
  ],
  ['{ customer(id: "001D000000IRFma") { invoices(first: 201) { invoiceId } } }', 'first must be from 1 to 200.'],
  ['{ customer(id: "001D000000IRFma") { recentOrders(first: 0) { orderId } } }', 'first must be from 1 to 200.'],
])('%s is refused as bad input', async (query, message) => {
  const { errors } = await graph.ask(query);
  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
  expect(dataCalls(sandbox)).toEqual([]);
});

test('a filter that does not exist is refused by name', async () => {
  const literal = await graph.ask('{ customer(id: "001D000000IRFma") { invoices(status: LATE) { invoiceId } } }');
  const variable = await graph.ask(
    'query ($status: InvoiceStatusFilter) { customer(id: "001D000000IRFma") { invoices(status: $status) { invoiceId } } }',
    { status: 'late' },
  );
  for (const { errors } of [literal, variable]) {
    expect(errors?.[0]?.message).toContain('status must be one of OPEN, PAID, OVERDUE, ALL.');
  }
});

test('days overdue follow midnight in the account’s time zone', async () => {
  const overdue = expectedInvoices(sandbox.world).find(({ daysOverdue }) => daysOverdue > 1);
  const query = `{ customer(id: "${overdue?.accountId}") { invoices(status: OPEN, first: 200) { invoiceId daysOverdue } } }`;
  const daysAt = async (zone: string, instant: string) => {
    await using there = await startGraph(sandbox.url, { NETSUITE_TIME_ZONE: zone }, instant);
    const { data } = await there.ask(query);
    const { invoices } = (data?.customer ?? { invoices: [] }) as {
      invoices: { invoiceId: string; daysOverdue: number }[];
    };
    return invoices.find(({ invoiceId }) => invoiceId === overdue?.internalId)?.daysOverdue;
  };
  const days = overdue?.daysOverdue ?? 0;
  expect(await daysAt('America/New_York', '2026-11-20T04:59:59Z')).toBe(days - 1);
  expect(await daysAt('America/New_York', '2026-11-20T05:00:00Z')).toBe(days);
  expect(await daysAt('UTC', '2026-11-21T00:00:00Z')).toBe(days + 1);
});
