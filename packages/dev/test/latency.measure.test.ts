import { readOperation } from '@customer360/testing/operations';
import { richAccount } from './expected.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

const vendorMs = 40;
const samples = 40;

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  for (const vendor of ['netsuite', 'salesforce', 'marketo'] as const)
    product.setFaults(vendor, { latencyMs: vendorMs });
}, 30_000);
afterAll(() => product[Symbol.asyncDispose]());

/** Median of serial requests, in milliseconds, after a warm-up of ten; nothing is cached, so each reads the vendors. */
async function median(operation: string, variables: object): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < samples + 10; round += 1) {
    const began = performance.now();
    const { errors } = await product.ask(readOperation(operation), variables);
    times.push(performance.now() - began);
    expect(errors).toEqual([]);
  }
  return times.slice(10).sort((one, other) => one - other)[samples / 2] as number;
}

test('rail: one vendor call long', async () => {
  const p50 = await median('rail', { accountId: richAccount(product.world) });
  process.stdout.write(`rail p50 ${p50.toFixed(1)} ms, ${(p50 / vendorMs).toFixed(2)} x one vendor call\n`);
  expect(p50 / vendorMs).toBeLessThanOrEqual(1.6);
}, 60_000);

test('table of 50 deals: two vendor calls long', async () => {
  const p50 = await median('table', { first: 50 });
  process.stdout.write(`table p50 ${p50.toFixed(1)} ms, ${(p50 / (2 * vendorMs)).toFixed(2)} x two vendor calls\n`);
  expect(p50 / (2 * vendorMs)).toBeLessThanOrEqual(1.6);
}, 60_000);
