import { startRedis } from '@customer360/testing/redis-server';
import { connectRedis } from '../src/redis/connect.ts';
import { createLeases } from '../src/redis/lease.ts';

test('without Redis everybody works', async () => {
  const leases = createLeases(undefined);
  expect(await Promise.all([1, 2].map((n) => leases.run('a', 1000, async () => n)))).toEqual([
    { done: 1 },
    { done: 2 },
  ]);
});

describe('over Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  const leasesOf = async () => {
    const client = connectRedis({ urls: [redis.url] });
    await new Promise((resolve) => client.once('ready', resolve));
    return { ...createLeases(client), end: () => client.disconnect() };
  };

  test('one process works at a time, and the next may when it is done or has failed', async () => {
    const [one, other] = await Promise.all([leasesOf(), leasesOf()]);
    const { promise, resolve } = Promise.withResolvers<string>();
    const working = one.run('a', 10_000, () => promise);
    await new Promise((next) => setTimeout(next, 50));
    expect(await other.run('a', 10_000, async () => 'other')).toBe('elsewhere');
    expect(await other.run('b', 10_000, async () => 'other')).toEqual({ done: 'other' });
    resolve('one');
    expect(await working).toEqual({ done: 'one' });
    await expect(other.run('a', 10_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await one.run('a', 10_000, async () => 'again')).toEqual({ done: 'again' });
    one.end();
    other.end();
  });

  test('a process that is late takes nothing from the one that works now', async () => {
    const [one, other] = await Promise.all([leasesOf(), leasesOf()]);
    const late = Promise.withResolvers<void>();
    const working = one.run('late', 30, () => late.promise);
    await new Promise((next) => setTimeout(next, 80));
    const now = Promise.withResolvers<void>();
    const second = other.run('late', 10_000, () => now.promise);
    await new Promise((next) => setTimeout(next, 30));
    late.resolve();
    await working;
    expect(await one.run('late', 10_000, async () => 'third')).toBe('elsewhere');
    now.resolve();
    await second;
    one.end();
    other.end();
  });
});
