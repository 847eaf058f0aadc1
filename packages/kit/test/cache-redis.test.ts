import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@customer360/testing/eventually';
import { startRedis } from '@customer360/testing/redis-server';
import type { Outcome } from '../src/cache/cache.ts';
import { createCache } from '../src/cache/create-cache.ts';
import type { CacheKind } from '../src/cache/key.ts';
import { entityTag } from '../src/cache/key.ts';
import type { CacheStore } from '../src/cache/store.ts';
import { tieredStore } from './stores.ts';

const kind: CacheKind = { source: 'NETSUITE', entityType: 'customer', fields: ['a'] };
const ages = { freshForMs: 60_000, freshForMsOf: {}, keptForMs: 600_000, staleWhileRevalidate: 1 };
const loadMs = 20;

interface Vendor {
  version: number;
}

/** What one process has: a cache over its own store, and a vendor that counts its calls. */
function cacheOver(store: CacheStore, vendor: Vendor) {
  const calls: string[][] = [];
  const cache = createCache({ store, source: 'NETSUITE', ages });
  const things = cache.of<string, number>({
    kindOf: () => kind,
    idOf: (id) => id,
    async load(ids) {
      calls.push([...ids]);
      const { version } = vendor;
      await sleep(loadMs);
      return ids.map(() => version);
    },
  });
  return { calls, cache, read: async (id: string) => (await things.read([id]))[0] as Outcome<number> };
}

const given = (outcome: Outcome<number>) => ('value' in outcome ? outcome.value : outcome.failure);

test('what one process drops the other does not give out a second later, nor the one itself at once', async () => {
  await using server = await startRedis();
  await using first = await tieredStore([server.url]);
  await using second = await tieredStore([server.url]);
  const vendor = { version: 1 };
  const [one, other] = [cacheOver(first, vendor), cacheOver(second, vendor)];
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    expect(given(await one.read('1'))).toBe(vendor.version);
    expect(given(await other.read('1'))).toBe(vendor.version);
    vendor.version += 1;
    const droppedAt = performance.now();
    void one.cache.drop([entityTag('NETSUITE', 'customer', '1')]);
    expect(given(await one.read('1'))).toBe(vendor.version);
    await eventually(async () => given(await other.read('1')) === vendor.version, 1000);
    times.push(performance.now() - droppedAt);
  }
  expect(Math.max(...times)).toBeLessThan(1000);
});

test('a hundred readers in each of two processes cost one load in each at most, and later readers none', async () => {
  await using server = await startRedis();
  await using first = await tieredStore([server.url]);
  await using second = await tieredStore([server.url]);
  const vendor = { version: 1 };
  const processes = [cacheOver(first, vendor), cacheOver(second, vendor)];
  const hundred = Array.from({ length: 100 });
  const outcomes = await Promise.all(processes.flatMap(({ read }) => hundred.map(() => read('1'))));
  expect(new Set(outcomes.map(given))).toEqual(new Set([1]));
  expect(processes.map(({ calls }) => calls.length)).toEqual([1, 1]);

  await processes[0]?.read('2');
  await sleep(50);
  expect(await processes[1]?.read('2')).toMatchObject({ origin: 'CACHE', value: 1 });
  expect(processes.map(({ calls }) => calls.length)).toEqual([2, 1]);
});

test('Redis stalls, goes on, is killed and comes back under load: no read fails, none is old, none waits long', async () => {
  let server = await startRedis();
  await using first = await tieredStore([server.url]);
  await using second = await tieredStore([server.url]);
  const vendor = { version: 1 };
  const processes = [cacheOver(first, vendor), cacheOver(second, vendor)];
  const failures: unknown[] = [];
  const old: string[] = [];
  let [longest, reads, isOver] = [0, 0, false];

  const reader = async ({ read, cache }: (typeof processes)[number], id: string) => {
    for (let turn = 0; !isOver; turn += 1) {
      if (turn % 10 === 0) {
        vendor.version += 1;
        void cache.drop([entityTag('NETSUITE', 'customer', id)]);
      }
      const floor = turn % 10 === 0 ? vendor.version : 0;
      const from = performance.now();
      const outcome = await read(id);
      longest = Math.max(longest, performance.now() - from);
      reads += 1;
      if ('failure' in outcome) failures.push(outcome.failure);
      else if (outcome.value < floor) old.push(`${outcome.value} after ${floor}`);
      await sleep(2);
    }
  };
  const readers = Promise.all(processes.flatMap((one) => ['1', '2', '3'].map((id) => reader(one, id))));
  await sleep(300);
  server.process.kill('SIGSTOP');
  await sleep(1000);
  server.process.kill('SIGCONT');
  await sleep(700);
  const { port } = server;
  await server.stop();
  await sleep(700);
  server = await startRedis({ port });
  await using _again = server;
  await eventually(() => first.far.isOpen() && second.far.isOpen());
  await sleep(200);
  isOver = true;
  await readers;

  expect(failures).toEqual([]);
  expect(old).toEqual([]);
  expect(reads).toBeGreaterThan(500);
  // What Redis may cost at most, the load, and what the test's machine may add.
  expect(longest).toBeLessThan(100 + loadMs + 180);
});
