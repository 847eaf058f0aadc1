import { readOperation } from '@customer360/testing/operations';
import type { Vendor } from '../src/addresses.ts';
import { vendorNames } from '../src/addresses.ts';
import { operations } from '../src/faults/operations.ts';
import { richAccount } from './expected.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

/** Fields of each operation by the system that owns them. */
const { rail, dashboard } = operations;
const table: Record<Exclude<Vendor, 'salesforce'>, string[]> = {
  netsuite: ['invoices', 'paymentStatus'],
  marketo: ['lastMarketingTouch'],
};

type Errors = Awaited<ReturnType<Product['ask']>>['errors'];

/** A vendor's own figures are lost one by one, a whole subgraph loses the group. */
const groups: Record<string, string[]> = { financials: ['arr', 'mrr', 'cashOnHand', 'grossMargin', 'burnRate'] };

/** One error for each lost field, naming the system; freshness may be null without one. */
function expectLoss(errors: Errors, root: string, lost: readonly string[], dead: Vendor) {
  const named = errors.map(({ path, extensions }) => {
    expect(extensions.source).toBe(dead.toUpperCase());
    expect(extensions.code).toMatch(/^UPSTREAM_/);
    expect(path?.[0]).toBe(root);
    return path?.findLast((part) => typeof part === 'string') ?? '';
  });
  expect(new Set(named).size).toBe(named.length);
  const needed = lost
    .filter((field) => !field.endsWith('Freshness'))
    .flatMap((field) => (named.includes(field) ? [field] : (groups[field] ?? [field])));
  expect(named.filter((field) => !/[Ff]reshness$/.test(field)).sort()).toEqual([...needed].sort());
}

async function expectDegraded(product: Product, intact: Product, dead: Vendor, gone: 'vendor' | 'subgraph') {
  const accountId = richAccount(product.world);
  const others = vendorNames.filter((name) => name !== dead);
  const pick = (object: Record<string, unknown>, fields: string[]) => {
    const picked = Object.fromEntries(fields.map((field) => [field, object[field]]));
    return JSON.parse(JSON.stringify(picked, (key, value) => (key === 'asOf' ? undefined : value)));
  };

  for (const [operation, root, fields] of [
    ['rail', 'customer', rail.owners],
    ['dashboard', 'getDashboardMetrics', dashboard.owners],
  ] as const) {
    const [now, whole] = await Promise.all([
      product.ask(readOperation(operation), { accountId }),
      intact.ask(readOperation(operation), { accountId }),
    ]);
    expect(now.status).toBe(200);
    expect(whole.errors).toEqual([]);
    const alive = others.flatMap((name) => fields[name]);
    expect(pick(now.data[root], alive)).toEqual(pick(whole.data[root], alive));
    for (const field of fields[dead]) {
      if (field.endsWith('Freshness')) continue;
      const value = now.data[root][field];
      const group = value === null ? null : groups[field];
      expect([field, group ? group.map((each) => value[each]) : value]).toEqual([
        field,
        group ? group.map(() => null) : null,
      ]);
    }
    if (root === 'customer') expect(now.data.customer.accountId).toBe(accountId);
    expectLoss(now.errors, root, fields[dead], dead);
  }

  const now = await product.ask(readOperation('table'), { first: 50 });
  expect(now.status).toBe(200);
  if (dead === 'salesforce') {
    expect(now.data.getActivePipeline).toBeNull();
    expect(now.errors).toHaveLength(1);
    expect(now.errors[0]).toMatchObject({ path: ['getActivePipeline'], extensions: { source: 'SALESFORCE' } });
    return;
  }
  const whole = await intact.ask(readOperation('table'), { first: 50 });
  const lost = table[dead];
  const blanks = Object.fromEntries(lost.map((field) => [field, null]));
  expect(now.data.getActivePipeline).toEqual(
    whole.data.getActivePipeline.map((deal: { accountId: string | null }) =>
      // A deal without an account has nothing to look up, which a subgraph knows without its vendor.
      deal.accountId === null && gone === 'vendor' ? deal : { ...deal, ...blanks },
    ),
  );
  expectLoss(now.errors, 'getActivePipeline', lost, dead);
}

describe.each(vendorNames)('with %s gone', (dead) => {
  let intact: Product;
  let product: Product;
  beforeAll(async () => {
    [intact, product] = await Promise.all([startProduct({ size: 150 }), startProduct({ size: 150 })]);
  }, 30_000);
  afterAll(() => Promise.all([intact, product].map((each) => each[Symbol.asyncDispose]())));

  test.each(['refuse', '503', 'malformed'])('as a vendor (%s): everything of the others is there', async (outage) => {
    product.setFaults(dead, { outage });
    await expectDegraded(product, intact, dead, 'vendor');
    product.heal();
  });

  test('as a subgraph: everything of the others is there', async () => {
    await product.subgraphs[dead].close();
    await expectDegraded(product, intact, dead, 'subgraph');
  });
});
