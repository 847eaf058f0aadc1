import { setTimeout as sleep } from 'node:timers/promises';
import { readOperation } from '@customer360/testing/operations';
import { vendorNames } from '../src/addresses.ts';
import { richAccount } from './expected.ts';
import { startProduct } from './product.ts';

const wrongSecret = {
  netsuite: { NETSUITE_CLIENT_ID: 'wrong' },
  salesforce: { SALESFORCE_CLIENT_SECRET: 'wrong' },
  marketo: { MARKETO_CLIENT_SECRET: 'wrong' },
};

/** Asks the rail many times, partly at once, and returns the codes of all errors of one system. */
async function storm(product: Awaited<ReturnType<typeof startProduct>>, times = 40) {
  const accountId = richAccount(product.world);
  const answers = [];
  for (let round = 0; round < times / 10; round += 1) {
    answers.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => product.ask(readOperation('rail'), { accountId })))),
    );
  }
  expect(answers.every(({ status, data }) => status === 200 && data.customer !== null)).toBe(true);
  return new Set(
    answers.flatMap(({ errors }) => errors.map(({ extensions }) => `${extensions.source} ${extensions.code}`)),
  );
}

test.each(vendorNames)('%s with a wrong secret says so and is not hammered', async (system) => {
  await using product = await startProduct({ size: 60, env: wrongSecret[system] });
  product.forgetCalls();
  const codes = await storm(product);

  expect([...codes]).toEqual([`${system.toUpperCase()} UPSTREAM_CREDENTIALS`]);
  // The refusal at the start may have been the last for half a minute.
  expect(product.calls()[system].length).toBeLessThanOrEqual(1);
});

test.each(vendorNames)('%s: an expired token is renewed once for all, and nobody notices', async (system) => {
  await using product = await startProduct({ size: 60 });
  await storm(product, 10);
  product.forgetCalls();
  product.setFaults(system, { expireTokens: true });
  const codes = await storm(product, 20);

  expect([...codes]).toEqual([]);
  expect(product.calls()[system].filter((operation) => /token/.test(operation))).toHaveLength(1);
});

test.each(vendorNames)('%s throttling: callers are told, the vendor is left alone', async (system) => {
  await using product = await startProduct({ size: 60 });
  await storm(product, 10);
  product.forgetCalls();
  product.setFaults(system, { throttle: true });
  const began = performance.now();
  const codes = await storm(product, 100);
  const seconds = (performance.now() - began) / 1000;

  expect([...codes]).toEqual([`${system.toUpperCase()} UPSTREAM_BUSY`]);
  // At most the calls that were already under way when the first refusal came, and one try a second after it.
  expect(product.calls()[system].length).toBeLessThanOrEqual(20 * (1 + Math.ceil(seconds)));

  if (system === 'marketo') return;
  product.heal();
  await sleep(1500);
  expect([...(await storm(product, 10))]).toEqual([]);
});

test.each(vendorNames)('%s sending half an answer is an error, not a crash', async (system) => {
  await using product = await startProduct({ size: 60 });
  product.setFaults(system, { outage: 'malformed' });
  const codes = await storm(product, 20);

  expect([...codes].every((code) => code.startsWith(system.toUpperCase()))).toBe(true);
  expect(codes.size).toBe(1);
  product.heal();
  expect([...(await storm(product, 10))]).toEqual([]);
});

test.each(vendorNames)('%s hanging costs its deadline and nothing else', async (system) => {
  await using product = await startProduct({ size: 60, env: { [`${system.toUpperCase()}_TIMEOUT_MS`]: '400' } });
  product.setFaults(system, { outage: 'hang' });
  const began = performance.now();
  const { data, errors } = await product.ask(readOperation('rail'), { accountId: richAccount(product.world) });

  expect(performance.now() - began).toBeLessThan(1500);
  expect(data.customer).not.toBeNull();
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['UPSTREAM_TIMEOUT']));
});
