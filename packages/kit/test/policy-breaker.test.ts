import { setTimeout as sleep } from 'node:timers/promises';
import { CircuitOpenError, UpstreamError } from '../src/errors.ts';
import { createLimiter } from '../src/limiter/limiter.ts';
import { clientOf, inTurn, startVendor, timed } from './vendor.ts';

/** Monotonic time that passes, and that a test can let pass. */
function movableClock() {
  let ahead = 0;
  return { clock: () => performance.now() + ahead, pass: (ms: number) => (ahead += ms) };
}

const failing = async (vendor: Awaited<ReturnType<typeof startVendor>>, client: ReturnType<typeof clientOf>) => {
  vendor.is(503);
  await inTurn(10, client.write);
  expect(client.policy.health.status().state).toBe('OPEN');
};

test.each([
  [9, 'CLOSED'],
  [10, 'OPEN'],
  [11, 'OPEN'],
])('%i failures in 20 calls leave it %s', async (failures, state) => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url);
  await inTurn(20 - failures, client.write);
  vendor.is(503);
  await inTurn(failures, client.write);

  expect(client.policy.health.status().state).toBe(state);
  // The eleventh comes too late: it was open before.
  expect(vendor.calls).toHaveLength(failures === 11 ? 18 : 20);
});

test('nine failures alone are too few to judge by, the tenth opens', async () => {
  await using vendor = await startVendor();
  vendor.is('html');
  const client = clientOf(vendor.url);
  expect(await inTurn(9, client.read)).toEqual(Array(9).fill('malformed'));
  expect(client.policy.health.status().state).toBe('CLOSED');
  await inTurn(1, client.read);
  expect(client.policy.health.status().state).toBe('OPEN');
});

test('a dead vendor costs one timeout, then every answer is there at once and the vendor is not called', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { timeoutMs: 2000, slots: 10 });
  await inTurn(1, client.read);
  vendor.is('hang');
  const hung = await Promise.all(Array.from({ length: 10 }, () => timed(client.read)));
  const next = [];
  for (let call = 0; call < 20; call += 1) next.push(await timed(client.read));
  const together = await Promise.all(Array.from({ length: 200 }, () => timed(client.read)));
  const sorted = (answers: { ms: number }[]) => answers.map(({ ms }) => ms).sort((a, b) => a - b);

  expect(hung.map(({ fault }) => fault)).toEqual(Array(10).fill('timeout'));
  expect(sorted(hung)[9]).toBeLessThan(2400);
  expect(new Set([...next, ...together].map(({ fault }) => fault))).toEqual(new Set(['unavailable']));
  expect(sorted(next)[15]).toBeLessThan(5);
  expect(sorted(together)[197]).toBeLessThan(250);
  expect(vendor.calls).toHaveLength(1 + 10);
});

test('a circuit that is open says when it will ask again', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url);
  await failing(vendor, client);
  const refused = client.read();

  await expect(refused).rejects.toBeInstanceOf(CircuitOpenError);
  await expect(refused).rejects.toMatchObject({ system: 'NETSUITE', fault: 'unavailable' });
  const { retryAfterMs = 0 } = (await refused.catch((error: unknown) => error)) as CircuitOpenError;
  expect(retryAfterMs).toBeGreaterThan(29_000);
  expect(retryAfterMs).toBeLessThanOrEqual(30_000);
});

test('the first probe is made after 30 seconds, by one caller alone, whom nobody waits for', async () => {
  await using vendor = await startVendor();
  const { clock, pass } = movableClock();
  const client = clientOf(vendor.url, { clock, slots: 1 });
  await failing(vendor, client);
  vendor.is({ afterMs: 150 });
  vendor.calls.length = 0;

  pass(29_800);
  expect(await inTurn(5, client.read)).toEqual(Array(5).fill('unavailable'));
  expect(vendor.calls).toHaveLength(0);
  pass(300);
  const answers = await Promise.all(Array.from({ length: 50 }, () => timed(client.read)));
  const waited = answers.filter(({ ms }) => ms > 100);

  expect(vendor.calls).toHaveLength(1);
  expect(waited.map(({ fault }) => fault)).toEqual(['ok']);
  expect(answers.filter(({ fault }) => fault === 'unavailable')).toHaveLength(49);
  expect(client.policy.health.status().state).toBe('CLOSED');
});

test('a failed probe costs another pause, and one call a pause while the vendor is dead', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { resetTimeoutMs: 100 });
  await failing(vendor, client);
  vendor.is('reset');
  const before = vendor.calls.length;
  const began = performance.now();
  while (performance.now() - began < 1050) {
    await Promise.all(Array.from({ length: 5 }, () => timed(client.read)));
    await sleep(5);
  }

  const probes = vendor.calls.slice(before);
  expect(probes.length).toBeGreaterThanOrEqual(7);
  expect(probes.length).toBeLessThanOrEqual(10);
  expect(probes.slice(1).every((at, index) => at - (probes[index] ?? 0) >= 99)).toBe(true);
});

test('a vendor that is back is used again after at most the pause and one timeout', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { resetTimeoutMs: 300, timeoutMs: 200 });
  vendor.is('hang');
  await Promise.all(Array.from({ length: 10 }, () => timed(client.read)));
  await Promise.all(Array.from({ length: 10 }, () => timed(client.read)));
  expect(client.policy.health.status().state).toBe('OPEN');
  vendor.is(200);
  const backAt = performance.now();
  while ((await timed(client.read)).fault !== 'ok') await sleep(2);

  expect(performance.now() - backAt).toBeLessThan(500 + 50);
});

test('neither refused questions nor throttling nor credentials nor a caller who leaves open it', async () => {
  await using vendor = await startVendor();
  const { clock, pass } = movableClock();
  const client = clientOf(vendor.url, { clock });
  vendor.is(400);
  expect(await inTurn(30, client.read)).toEqual(Array(30).fill('rejected'));
  vendor.is(401);
  expect(await inTurn(30, client.read)).toEqual(Array(30).fill('credentials'));
  vendor.is(429);
  for (let call = 0; call < 12; call += 1) {
    pass(3000);
    expect((await timed(client.read)).fault).toBe('busy');
  }
  pass(3000);
  vendor.is('hang');
  for (let call = 0; call < 12; call += 1) {
    const leaving = new AbortController();
    setTimeout(() => leaving.abort('gone'), 10);
    await expect(client.read(leaving.signal)).rejects.toBe('gone');
  }

  expect(client.policy.health.status().state).toBe('CLOSED');
  expect(vendor.calls).toHaveLength(30 + 30 + 12 + 12);
});

test.each([
  [400, 'CLOSED'],
  [429, 'OPEN'],
  [401, 'OPEN'],
  ['reset', 'OPEN'],
] as const)('a probe that is answered with %s leaves it %s', async (mood, state) => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { resetTimeoutMs: 50 });
  await failing(vendor, client);
  await sleep(60);
  vendor.is(mood);
  await inTurn(1, client.read);

  expect(client.policy.health.status().state).toBe(state);
});

test('a prober who leaves lets another probe', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { resetTimeoutMs: 50 });
  await failing(vendor, client);
  await sleep(60);
  vendor.is('hang');
  await expect(client.read(AbortSignal.timeout(10))).rejects.toBeDefined();
  expect(client.policy.health.status().state).toBe('OPEN');
  vendor.is(200);
  await sleep(60);

  expect(await inTurn(1, client.read)).toEqual(['ok']);
  expect(client.policy.health.status().state).toBe('CLOSED');
});

test('failures from before the circuit opened do not count after it closed again', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { resetTimeoutMs: 50, slots: 30 });
  const late = new UpstreamError('NETSUITE', 'unavailable', 'answered 503');
  const slow = Array.from({ length: 15 }, () =>
    timed(() => client.policy.write(() => sleep(300).then(() => Promise.reject(late)))),
  );
  await failing(vendor, client);
  await sleep(60);
  vendor.is(200);
  await inTurn(1, client.read);
  await Promise.all(slow);

  expect(client.policy.health.status()).toMatchObject({ state: 'CLOSED', calls: { unavailable: 25 } });
});

test('a probe that found no place is left to the next caller', async () => {
  await using vendor = await startVendor();
  const limiter = createLimiter({ system: 'NETSUITE', leaseMs: 10_000, limits: { concurrent: 1 } });
  const client = clientOf(vendor.url, { resetTimeoutMs: 50, timeoutMs: 200, limiter });
  await failing(vendor, client);
  await sleep(60);
  vendor.is(200);
  const elsewhere = await limiter.enter({});
  expect(await inTurn(1, client.read)).toEqual(['busy']);
  elsewhere.release();
  await sleep(60);

  expect(await inTurn(1, client.read)).toEqual(['ok']);
});

test('a read that opens the circuit tells what the vendor answered, and is not repeated', async () => {
  await using vendor = await startVendor();
  vendor.is(503);
  const client = clientOf(vendor.url);
  await inTurn(9, client.write);
  const tenth = await client.read().catch((error: unknown) => error);

  expect(tenth).not.toBeInstanceOf(CircuitOpenError);
  expect(tenth).toMatchObject({ fault: 'unavailable' });
  expect(vendor.calls).toHaveLength(10);
});

test.each([-600_000, 600_000])('a step of the wall clock by %i ms changes nothing', async (step) => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { resetTimeoutMs: 300 });
  await failing(vendor, client);
  const wall = Date.now;
  Date.now = () => wall() + step;
  try {
    vendor.is(200);
    expect(await inTurn(1, client.read)).toEqual(['unavailable']);
    await sleep(310);
    expect(await inTurn(1, client.read)).toEqual(['ok']);
  } finally {
    Date.now = wall;
  }
});
