import type { World } from '@customer360/sandbox/world/world';
import type { AccountDocuments, NetSuiteClient } from '../src/model.ts';
import { expectedCustomers, expectedInvoices, expectedOrders, printCents } from './expected.ts';
import { accountsClaimed, today } from './support.ts';

export interface ReadRoom {
  world(): World;
  client(): NetSuiteClient;
  /** Accounts that none, one and two customers claim. */
  accountIds(): string[];
}

/** Every read of the interface gives what the world holds. */
export function describeReads({ world, client, accountIds }: ReadRoom): void {
  test('gives the customers of accounts with their exact figures', async () => {
    const customers = await client().customers(accountIds());
    const expected = expectedCustomers(world());

    expect(expected.length).toBeGreaterThan(100);
    expect(byId(customers).map(withMoney('creditLimit', 'openBalance', 'overdueBalance', 'lifetimeValue'))).toEqual(
      expected.map((each) => ({
        ...each,
        candidates: expected.filter(({ externalId }) => externalId === each.externalId).length,
      })),
    );
  });

  test('gives customers by their own id', async () => {
    const [first, second] = expectedCustomers(world());
    const found = await client().customersByInternalId([
      String(second?.internalId),
      String(first?.internalId),
      '999999',
    ]);
    expect(
      byId(found).map(({ internalId, companyName, lifetimeValue }) => ({ internalId, companyName, lifetimeValue })),
    ).toMatchObject([first, second].map((each) => ({ internalId: each?.internalId, companyName: each?.companyName })));
  });

  test('gives every invoice and order of the accounts', async () => {
    const documents = documentsOf(await client().documents(accountIds(), { invoices: 'all', orders: true }));
    const invoices = documents.filter((each) => each.kind === 'invoice');
    const orders = documents.filter((each) => each.kind === 'order');
    const expected = expectedInvoices(world());

    expect(expected.length).toBeGreaterThan(100);
    expect(byId(invoices).map(withMoney('total', 'remaining'))).toEqual(
      expected.map(({ daysOverdue: _, ...each }) => ({ kind: 'invoice', ...each })),
    );
    expect(byId(orders).map(withMoney('total'))).toMatchObject(expectedOrders(world()));
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(orderTexts(world())));
  });

  test.each(['open', 'paid'] as const)('gives only %s invoices when only they are wanted', async (invoices) => {
    const state = invoices === 'open' ? 'OPEN' : 'PAID_IN_FULL';
    const expected = expectedInvoices(world()).filter((each) => each.state === state);
    const found = documentsOf(await client().documents(accountIds(), { invoices, orders: false }));

    expect(byId(found).map(({ internalId }) => internalId)).toEqual(expected.map(({ internalId }) => internalId));
  });

  test.each([
    { invoices: 'all', orders: true },
    { invoices: 'open', orders: false },
    { invoices: 'paid', orders: false },
  ] as const)('tells how many customers claim an account, whether or not they have %j', async (wanted) => {
    const claims = new Map([1, 2].flatMap((times) => accountsClaimed(world(), times, 5000).map((id) => [id, times])));
    const found = await client().documents(accountIds(), wanted);

    expect(new Map(found.map(({ accountId, candidates }) => [accountId, candidates]))).toEqual(claims);
    if (!wanted.orders) expect(found.some(({ documents }) => documents.length === 0)).toBe(true);
    for (const { accountId, documents } of found) {
      expect(documents.every((document) => document.accountId === accountId)).toBe(true);
    }
  });

  test('gives nothing for an account that was never billed', async () => {
    const ids = accountsClaimed(world(), 0, 5);
    expect(await client().customers(ids)).toEqual([]);
    expect(await client().documents(ids, { invoices: 'all', orders: true })).toEqual([]);
  });

  test('gives the ledger by type and period', async () => {
    const { cash, sums } = await client().ledger();
    const rows = world()
      .db.prepare(
        `SELECT a.type, m.start_date, SUM(p.amount) AS cents FROM ns_posting p JOIN ns_account a ON a.id = p.account_id
         JOIN ns_transaction t ON t.id = p.transaction_id JOIN ns_period m ON m.id = t.period_id
         WHERE a.type IN ('Bank', 'Income', 'COGS') GROUP BY a.type, m.start_date`,
      )
      .all() as { type: string; start_date: string; cents: number }[];

    const total = new Map<string, number>();
    for (const { account, periodStart, amount } of sums) {
      const key = `${account} ${periodStart}`;
      total.set(key, Math.round(((total.get(key) ?? 0) + Number(amount)) * 100) / 100);
    }
    expect(total).toEqual(new Map(rows.map((row) => [`${row.type.toLowerCase()} ${row.start_date}`, row.cents / 100])));
    const bank = rows.filter(({ type }) => type === 'Bank').reduce((sum, { cents }) => sum + cents, 0);
    expect(Number(cash)).toBe(bank / 100);
  });

  test('gives the subscriptions that run on a day', async () => {
    const sums = await client().recurring(today);
    const rows = world()
      .db.prepare(
        `SELECT exchange_rate, SUM(recur_weekly) AS w, SUM(recur_monthly) AS m, SUM(recur_quarterly) AS q,
           SUM(recur_annually) AS y FROM ns_transaction
         WHERE type = 'SalesOrd' AND status NOT IN ('A', 'C', 'H') AND start_date <= ? AND
           (end_date IS NULL OR end_date >= ?) GROUP BY exchange_rate`,
      )
      .all(today, today) as { exchange_rate: string; w: number; m: number; q: number; y: number }[];

    for (const { exchange_rate, w, m, q, y } of rows) {
      const found = sums.filter(({ exchangeRate }) => Number(exchangeRate) === Number(exchange_rate));
      const total = (name: 'weekly' | 'monthly' | 'quarterly' | 'annually') =>
        Math.round(found.reduce((sum, each) => sum + Number(each[name]) * 100, 0));
      expect([total('weekly'), total('monthly'), total('quarterly'), total('annually')]).toEqual([w, m, q, y]);
    }
    expect(rows.length).toBeGreaterThan(1);
  });
}

const documentsOf = (accounts: readonly AccountDocuments[]) => accounts.flatMap(({ documents }) => documents);

const byId = <Row extends { internalId: string }>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => Number(a.internalId) - Number(b.internalId));

/** Both transports print amounts in their own way; what must agree is the value, to the cent. */
const withMoney =
  <Name extends string>(...names: Name[]) =>
  <Row extends Record<Name, string | null>>(row: Row): Row => ({
    ...row,
    ...Object.fromEntries(names.map((name) => [name, row[name] === null ? null : toCents(String(row[name]))])),
  });

const toCents = (amount: string) => printCents(Math.round(Number(amount) * 100));

const orderWords: Record<string, string> = {
  A: 'Pending Approval',
  C: 'Cancelled',
  B: 'Pending Fulfillment',
  F: 'Pending Billing',
  G: 'Billed',
  H: 'Closed',
};

function orderTexts(world: World): (string | undefined)[] {
  const rows = world.db.prepare(`SELECT DISTINCT status FROM ns_transaction WHERE type = 'SalesOrd'`).all();
  return rows.map(({ status }) => orderWords[String(status)]);
}
