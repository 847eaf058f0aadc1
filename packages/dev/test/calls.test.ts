import { readOperation } from '@customer360/testing/operations';
import { richAccount } from './expected.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  await product.ask(readOperation('dashboard'));
  // What the campaigns' figures are built from is read once after the start, and is not what is counted here.
  for (let calls = -1; calls !== product.callCount(); await new Promise((resolve) => setTimeout(resolve, 500))) {
    calls = product.callCount();
  }
}, 30_000);
afterAll(() => product[Symbol.asyncDispose]());

async function count(operation: string, variables: object) {
  product.forgetCalls();
  const { errors } = await product.ask(readOperation(operation), variables);
  expect(errors).toEqual([]);
  return product.callCount();
}

test('the rail costs at most 4 vendor calls', async () => {
  expect(await count('rail', { accountId: richAccount(product.world) })).toBeLessThanOrEqual(4);
  expect(Object.values(product.calls()).every((calls) => calls.length >= 1 && calls.length <= 2)).toBe(true);
});

test('the table costs at most 4 vendor calls, the same for 50 and for 200 deals', async () => {
  const fifty = await count('table', { first: 50 });
  const twoHundred = await count('table', { first: 200 });

  expect(fifty).toBeLessThanOrEqual(4);
  expect(twoHundred).toBe(fifty);
});

test('the dashboard costs at most 6 vendor calls', async () => {
  expect(await count('dashboard', {})).toBeLessThanOrEqual(6);
});
