import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../src/errors.ts';
import { clientOf, inTurn, startVendor, timed } from './vendor.ts';

test.each([
  [503, 'ok', 2],
  ['reset', 'ok', 2],
  ['html', 'malformed', 1],
  [400, 'rejected', 1],
  [429, 'busy', 1],
  [401, 'credentials', 1],
] as const)(
  'a read that is answered %s and would then be answered is %s after %i calls',
  async (mood, fault, calls) => {
    await using vendor = await startVendor();
    vendor.next(mood);
    const client = clientOf(vendor.url);

    expect(await inTurn(1, client.read)).toEqual([fault]);
    expect(vendor.calls).toHaveLength(calls);
  },
);

test.each([503, 'reset'] as const)('a write that is answered %s is not repeated', async (mood) => {
  await using vendor = await startVendor();
  vendor.next(mood);
  const client = clientOf(vendor.url);

  expect(await inTurn(1, client.write)).toEqual(['unavailable']);
  expect(vendor.calls).toHaveLength(1);
});

test('a read is repeated once, after a pause that differs', async () => {
  await using vendor = await startVendor();
  vendor.is(503);
  const pauses = [];
  for (let read = 0; read < 4; read += 1) {
    await inTurn(1, clientOf(vendor.url).read);
    const [first = 0, second = 0] = vendor.calls.splice(0);
    expect(vendor.calls).toHaveLength(0);
    pauses.push(Math.round(second - first));
  }

  expect(pauses.every((ms) => ms >= 39 && ms < 200)).toBe(true);
  expect(new Set(pauses).size).toBeGreaterThan(1);
});

test('neither a slow failure nor one whose caller has left is repeated', async () => {
  await using vendor = await startVendor();
  const slow = clientOf(vendor.url, { timeoutMs: 1000 });
  let calls = 0;
  const failLate = async () => {
    calls += 1;
    await sleep(250);
    throw new UpstreamError('NETSUITE', 'unavailable', 'answered 503');
  };
  expect((await timed(() => slow.policy.run(failLate))).fault).toBe('unavailable');
  expect(calls).toBe(1);

  vendor.is(503);
  const leaving = new AbortController();
  const left = clientOf(vendor.url).read(leaving.signal);
  setTimeout(() => leaving.abort(), 30);
  await expect(left).rejects.toBeDefined();
  await sleep(120);
  expect(vendor.calls).toHaveLength(1);
});

test('repetitions stay inside the deadline', async () => {
  await using vendor = await startVendor();
  vendor.next('reset');
  vendor.is('hang');
  const { fault, ms } = await timed(clientOf(vendor.url, { timeoutMs: 400 }).read);

  expect(fault).toBe('timeout');
  expect(ms).toBeLessThan(400 * 1.2);
});

test('60 calls over 8 slots and 32 queue places: 20 are refused at once, none takes longer than the deadline', async () => {
  await using vendor = await startVendor();
  const client = clientOf(vendor.url, { timeoutMs: 1500 });
  await inTurn(1, client.read);
  vendor.is({ afterMs: 1400 });
  const answers = await Promise.all(Array.from({ length: 60 }, () => timed(client.read)));
  const of = (fault: string) => answers.filter((answer) => answer.fault === fault);

  expect(of('busy')).toHaveLength(20);
  expect(of('busy').every(({ ms }) => ms < 250)).toBe(true);
  expect(of('ok')).toHaveLength(8);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(1650);
  expect(vendor.mostAtOnce()).toBe(8);
  // A vendor that is slow, and answers, is not taken for dead.
  expect(client.policy.health.status().state).toBe('CLOSED');
});

test('a vendor that hangs is left alone even when every call has to queue', async () => {
  await using vendor = await startVendor();
  vendor.is('hang');
  const client = clientOf(vendor.url, { timeoutMs: 200, slots: 2, queue: 100 });
  const began = performance.now();
  while (client.policy.health.status().state === 'CLOSED' && performance.now() - began < 5000) {
    void timed(client.read);
    await sleep(10);
  }

  expect(client.policy.health.status().state).toBe('OPEN');
  expect(performance.now() - began).toBeLessThan(2000);
});

test('after 429 nobody calls before the time that the vendor named', async () => {
  await using vendor = await startVendor();
  let ahead = 0;
  const client = clientOf(vendor.url, { clock: () => performance.now() + ahead });
  vendor.next(429);
  await inTurn(3, client.read);
  expect(vendor.calls).toHaveLength(1);
  expect(client.policy.health.status().coolingDownUntil).not.toBeNull();
  ahead = 2100;

  expect(await inTurn(1, client.read)).toEqual(['ok']);
  expect(client.policy.health.status().coolingDownUntil).toBeNull();
});
