import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningRedis } from '@customer360/testing/redis-server';
import { startRedis } from '@customer360/testing/redis-server';
import { Redis } from 'ioredis';
import type { Limits } from '../src/limiter/limiter.ts';
import { createLimiter } from '../src/limiter/limiter.ts';
import { createMemoryLedger } from '../src/limiter/memory-ledger.ts';
import { describeLimiter } from './limiter-contract.ts';
import { clientOf, startVendor, timed } from './vendor.ts';

let running: RunningRedis;
const clients: Redis[] = [];

const connect = (url = running.url) => {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  clients.push(redis);
  return redis;
};
const connected = async (url?: string) => {
  const redis = connect(url);
  if (redis.status !== 'ready') await new Promise((resolve) => redis.once('ready', resolve));
  return redis;
};

beforeAll(async () => {
  running = await startRedis();
});
afterAll(async () => {
  for (const redis of clients) redis.disconnect();
  await running[Symbol.asyncDispose]();
});

const options = { system: 'MARKETO', leaseMs: 10_000 } as const;

describeLimiter('in the process', async () => (limits, more) => createLimiter({ ...options, limits, ...more }));
describeLimiter('in Redis', async () => {
  const redis = await connected();
  const account = randomUUID();
  return (limits, more) => createLimiter({ ...options, limits, account, redis, ...more });
});

/** Most calls in any stretch of `windowMs`. */
function mostIn(calls: readonly number[], windowMs: number): number {
  return Math.max(...calls.map((at) => calls.filter((other) => other >= at && other < at + windowMs).length));
}

test('two instances over one Redis under load stay below the ceilings together, at the vendor', async () => {
  await using vendor = await startVendor();
  vendor.is({ afterMs: 25 });
  const account = randomUUID();
  const limits: Limits = { window: { calls: 20, windowMs: 500 }, concurrent: 5 };
  const instances = await Promise.all(
    [1, 2].map(async () => {
      const limiter = createLimiter({ ...options, limits, account, redis: await connected() });
      return clientOf(vendor.url, { limiter, slots: 8, queue: 1000, timeoutMs: 5000 });
    }),
  );
  const answers = await Promise.all(instances.flatMap(({ read }) => Array.from({ length: 50 }, () => timed(read))));

  expect(mostIn(vendor.calls, 500)).toBeLessThanOrEqual(20);
  // The vendor counts 20 in any stretch, and they are used.
  expect(mostIn(vendor.calls, 500)).toBeGreaterThanOrEqual(18);
  expect(vendor.mostAtOnce()).toBeLessThanOrEqual(5);
  expect(new Set(answers.map(({ fault }) => fault))).toEqual(new Set(['ok']));
});

test('one account lies on one node: all keys have one hash tag', async () => {
  const redis = await connected();
  await redis.flushall();
  const limits: Limits = {
    window: { calls: 5, windowMs: 60_000 },
    concurrent: 2,
    quota: { calls: 9, periodOf: () => ({ id: 'd', endsAt: new Date(Date.now() + 60_000) }) },
  };
  await createLimiter({ ...options, limits, account: 'acme', redis }).enter({});
  const keys = await redis.keys('*');

  expect(keys.sort()).toEqual(
    ['instances', 'leases', 'quota:d', 'window'].map((name) => `limit:{marketo:acme}:${name}`),
  );
  expect((await Promise.all(keys.map((key) => redis.pttl(key)))).every((ms) => ms > 0)).toBe(true);
});

test('without Redis each instance allows itself its share, and no call fails or waits because of it', async () => {
  const own = await startRedis();
  const account = randomUUID();
  const limits: Limits = { window: { calls: 10, windowMs: 60_000 } };
  const redis = await connected(own.url);
  const [one, two] = [1, 2].map(() => createLimiter({ ...options, limits, account, redis }));
  if (!one || !two) throw new Error('there are two');
  (await one.enter({})).release();
  (await two.enter({})).release();
  (await one.enter({})).release();
  await own[Symbol.asyncDispose]();

  const began = performance.now();
  for (let call = 0; call < 3; call += 1) (await one.enter({})).release();
  await expect(one.enter({})).rejects.toMatchObject({ fault: 'busy' });
  for (let call = 0; call < 4; call += 1) (await two.enter({})).release();
  await expect(two.enter({})).rejects.toMatchObject({ fault: 'busy' });
  expect(performance.now() - began).toBeLessThan(250);
});

test('a Redis that stalls costs a tenth of a second once, and is used again soon after it goes on', async () => {
  const own = await startRedis();
  const redis = await connected(own.url);
  const limiter = createLimiter({ ...options, limits: { window: { calls: 1000, windowMs: 60_000 } }, redis });
  (await limiter.enter({})).release();
  await sleep(20);
  own.process.kill('SIGSTOP');
  const [first, second] = [await timed(() => limiter.enter({})), await timed(() => limiter.enter({}))];
  own.process.kill('SIGCONT');
  await sleep(1100);
  (await limiter.enter({})).release();
  const counted = await redis.zcard('limit:{marketo:default}:window');
  await own[Symbol.asyncDispose]();

  expect(first).toMatchObject({ fault: 'ok' });
  expect(first.ms).toBeLessThan(140);
  expect(second.ms).toBeLessThan(5);
  // The first, the one that was given up on, and the last.
  expect(counted).toBeGreaterThanOrEqual(2);
});

test('places that were left while Redis was away are free again when it is back, not when their leases end', async () => {
  const own = await startRedis();
  const redis = await connected(own.url);
  const limiter = createLimiter({ ...options, limits: { concurrent: 2 }, leaseMs: 60_000, redis });
  const held = [await limiter.enter({}), await limiter.enter({})];
  own.process.kill('SIGSTOP');
  // By this it is noticed that Redis does not answer.
  await limiter.enter({}).catch(() => undefined);
  for (const place of held) place.release();
  own.process.kill('SIGCONT');
  await sleep(1100);
  const again = [await limiter.enter({ patienceMs: 500 }), await limiter.enter({ patienceMs: 500 })];
  const leases = await redis.zcard('limit:{marketo:default}:leases');
  await own[Symbol.asyncDispose]();

  expect(again).toHaveLength(2);
  expect(leases).toBe(2);
});

test('a Redis that was never there is as one that is gone', async () => {
  const redis = connect('redis://127.0.0.1:1');
  const limiter = createLimiter({ ...options, limits: { concurrent: 4 }, redis });
  await limiter.enter({});
  await limiter.enter({});
  await expect(limiter.enter({})).rejects.toMatchObject({ fault: 'busy' });
});

test('a clock of Redis that is set back does not block calls for as long', async () => {
  const redis = await connected();
  const limiter = createLimiter({
    ...options,
    account: 'past',
    limits: { window: { calls: 1, windowMs: 200 }, concurrent: 1 },
    redis,
  });
  await redis.zadd('limit:{marketo:past}:window', Date.now() + 600_000, 'before');
  await redis.zadd('limit:{marketo:past}:leases', Date.now() + 700_000, 'before');

  await expect(limiter.enter({ patienceMs: 1000 })).resolves.toBeDefined();
});

test('what is noted beside Redis is forgotten once it is past', () => {
  let now = 0;
  const ledger = createMemoryLedger(() => now);
  const noLimit = { windowCalls: null, concurrent: null, quotaCalls: null, period: '', periodMs: 1 };
  const before = process.memoryUsage().heapUsed;
  for (; now < 500_000; now += 1) {
    ledger.note(`call ${now}`, { ...noLimit, windowMs: 100, leaseMs: 100 });
    ledger.end(`call ${now}`);
  }

  // All of them would be 170 MB; what has not been collected yet may be some thirty.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(90_000_000);
});
