import type { SourceStatus } from '../src/source-health.ts';
import { createSourceHealth } from '../src/source-health.ts';
import { clientOf, inTurn, startVendor } from './vendor.ts';

const minute = 60_000;

test('calls by outcome, error rate and p95 are of the last five minutes', () => {
  let now = 10 * minute;
  const health = createSourceHealth({ system: 'MARKETO', clock: () => now });
  expect(health.status()).toMatchObject({ errorRate: null, p95Ms: null, lastSuccessAt: null, state: 'CLOSED' });

  for (let call = 0; call < 90; call += 1) health.called('ok', 100);
  now += 2 * minute;
  for (let call = 0; call < 10; call += 1) health.called('timeout', 5000);
  health.refused('open');
  const both = health.status();
  expect(both.calls).toMatchObject({ ok: 90, timeout: 10, busy: 0 });
  expect(both.notMade).toEqual({ open: 1, cooling: 0, full: 0, limit: 0 });
  expect(both.errorRate).toBeCloseTo(0.1);
  expect(both.p95Ms).toBeGreaterThanOrEqual(5000);
  expect(both.p95Ms).toBeLessThan(5500);

  now += 4 * minute;
  expect(health.status()).toMatchObject({ errorRate: 1, calls: { ok: 0, timeout: 10 } });
  now += 60 * minute;
  expect(health.status()).toMatchObject({ errorRate: null, p95Ms: null, calls: { timeout: 0 } });
});

test('a refused question is no error of the vendor, and who leaves counts for nothing', () => {
  const health = createSourceHealth({ system: 'MARKETO' });
  for (const outcome of ['ok', 'rejected', 'canceled', 'failed', 'busy'] as const) health.called(outcome, 1);
  expect(health.status().errorRate).toBeCloseTo(1 / 3);
});

test('listeners hear of the circuit, of throttling and of credentials, each once', async () => {
  await using vendor = await startVendor();
  let ahead = 0;
  const { policy, read, write } = clientOf(vendor.url, { clock: () => performance.now() + ahead });
  const heard: Partial<SourceStatus>[] = [];
  const stop = policy.health.onChange(({ state, credentialsRefused, coolingDownUntil }) =>
    heard.push({ state, credentialsRefused, coolingDownUntil: coolingDownUntil && new Date(0) }),
  );
  vendor.next(401, 401);
  await inTurn(3, read);
  vendor.next(429);
  await inTurn(2, read);
  ahead += 5000;
  vendor.is(503);
  await inTurn(20, write);
  const { retryAt, since } = policy.health.status();
  ahead += 40_000;
  vendor.is(200);
  await inTurn(2, read);
  stop();
  vendor.is(401);
  await inTurn(1, read);

  const well = { state: 'CLOSED', credentialsRefused: false, coolingDownUntil: null };
  expect(heard).toEqual([
    { ...well, credentialsRefused: true },
    well,
    { ...well, coolingDownUntil: new Date(0) },
    { ...well, state: 'OPEN' },
    { ...well, state: 'HALF_OPEN' },
    well,
  ]);
  expect((retryAt?.getTime() ?? 0) - since.getTime()).toBeGreaterThan(29_900);
  expect((retryAt?.getTime() ?? 0) - since.getTime()).toBeLessThan(30_100);
  expect(policy.health.status()).toMatchObject({ state: 'CLOSED', retryAt: null, credentialsRefused: true });
});

test('a million calls cost no more memory than a thousand', () => {
  const health = createSourceHealth({ system: 'MARKETO' });
  const grown = (calls: number) => {
    const before = process.memoryUsage().heapUsed;
    for (let call = 0; call < calls; call += 1) health.called('ok', call % 5000);
    return process.memoryUsage().heapUsed - before;
  };
  grown(1000);
  expect(grown(1_000_000)).toBeLessThan(20_000_000);
  expect(health.status().calls.ok).toBe(1_001_000);
});
