import { setTimeout as sleep } from 'node:timers/promises';
import { dataOf, entityKey, load } from '@customer360/testing/cache-store-contract';
import { eventually } from '@customer360/testing/eventually';
import { redisCli } from '@customer360/testing/redis-cli';
import { startRedisCluster } from '@customer360/testing/redis-cluster';
import { startRedis } from '@customer360/testing/redis-server';
import { generationKey } from '../src/cache/redis-scripts.ts';
import type { CacheStore } from '../src/cache/store.ts';
import { redisStore, tieredStore } from './stores.ts';

/** What a caller may wait for a Redis that does not answer, and what the test's machine may add. */
const firstCallMs = 100 + 100;
const awayMedianMs = 5;
const backMs = 2000;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 21; round++) times.push(await timed(work));
  return times.sort((one, other) => one - other)[10] ?? 0;
}

const key = entityKey('1');
const [tag = ''] = key.tags;

/** Everything a store does, while Redis is away. */
async function expectNoWaiting(store: CacheStore) {
  expect(await medianMs(() => store.read([key]))).toBeLessThan(awayMedianMs);
  expect(await medianMs(() => load(store, key, 'unseen'))).toBeLessThan(awayMedianMs);
  expect(await medianMs(() => store.drop(['netsuite:other:{1}']))).toBeLessThan(awayMedianMs);
}

test('stopped: reads miss without waiting, and it is used again soon after it is back', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  await load(store, key, 'old');
  await server.stop();

  expect(await timed(() => store.read([key]))).toBeLessThan(firstCallMs);
  expect(await dataOf(store, key)).toEqual([null]);
  await expectNoWaiting(store);

  await using _again = await startRedis({ port: server.port });
  expect(await timed(() => eventually(store.isOpen))).toBeLessThan(backMs);
  expect(await dataOf(store, key)).toEqual([null]);
  await load(store, key, 'new');
  expect(await dataOf(store, key)).toEqual(['new']);
});

test('stalled: the first calls wait 100 ms at most and later ones not at all; what was dropped meanwhile is void', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  const kept = entityKey('2');
  await load(store, key, 'old');
  await load(store, kept, 'kept');
  server.process.kill('SIGSTOP');

  const first = Array.from({ length: 5 }, () => timed(async () => expect(await dataOf(store, key)).toEqual([null])));
  for (const ms of await Promise.all(first)) expect(ms).toBeLessThan(firstCallMs);
  await sleep(50);
  await expectNoWaiting(store);
  await store.drop([tag]);
  // Long enough that connections are given up.
  await sleep(2500);
  await expectNoWaiting(store);

  server.process.kill('SIGCONT');
  const seen = new Set<unknown>();
  expect(
    await timed(() =>
      eventually(async () => {
        const [dropped, other] = await dataOf(store, key, kept);
        seen.add(dropped);
        return other === 'kept';
      }),
    ),
  ).toBeLessThan(backMs);
  expect([...seen]).toEqual([null]);
});

test('stalled for a drop: it waits 100 ms at most and still holds', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  await load(store, key, 'old');
  server.process.kill('SIGSTOP');
  expect(await timed(() => store.drop([tag]))).toBeLessThan(firstCallMs);
  server.process.kill('SIGCONT');
  await eventually(async () => {
    expect(await dataOf(store, key)).toEqual([null]);
    return store.isOpen();
  });
  expect(await dataOf(store, key)).toEqual([null]);
});

test('full: nothing more is kept, what is there is read, and what is dropped is void', async () => {
  await using server = await startRedis({ args: ['--maxmemory', '2mb', '--maxmemory-policy', 'noeviction'] });
  await using store = await redisStore([server.url]);
  const other = entityKey('other');
  await load(store, key, 'kept');
  await load(store, other, 'kept too');
  const large = 'x'.repeat(50_000);
  for (let id = 0; id < 60; id++) await load(store, entityKey(`large${id}`), large);

  const unkept = entityKey('unkept');
  await load(store, unkept, large);
  expect(await dataOf(store, unkept, key, other)).toEqual([null, 'kept', 'kept too']);
  await redisCli(server.port, 'CONFIG', 'SET', 'maxmemory', 1);
  expect(await dataOf(store, entityKey('unknown'), key, other)).toEqual([null, 'kept', 'kept too']);
  await store.drop([tag]);
  expect(await dataOf(store, key, other)).toEqual([null, 'kept too']);
  expect(store.isOpen()).toBe(true);
});

test('became a replica: it is not read, and drops wait until it takes them', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  const kept = entityKey('2');
  await load(store, key, 'old');
  await load(store, kept, 'kept');
  await redisCli(server.port, 'REPLICAOF', '127.0.0.1', 1);

  expect(await timed(async () => expect(await dataOf(store, kept)).toEqual([null]))).toBeLessThan(firstCallMs);
  await store.drop([tag]);
  await expectNoWaiting(store);

  await redisCli(server.port, 'REPLICAOF', 'NO', 'ONE');
  expect(await timed(() => eventually(store.isOpen))).toBeLessThan(backMs);
  expect(await dataOf(store, key, kept)).toEqual([null, 'kept']);
});

test('a copy that has not heard of the last drops hears of them before it is read', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  await load(store, key, 'old');
  const generation = await redisCli(server.port, 'GET', generationKey(tag));
  await store.drop([tag]);
  // What a copy promoted a moment too early looks like.
  await redisCli(server.port, 'SET', generationKey(tag), generation);
  await redisCli(server.port, 'REPLICAOF', '127.0.0.1', 1);
  await store.read([key]);
  await redisCli(server.port, 'REPLICAOF', 'NO', 'ONE');
  await eventually(store.isOpen);
  expect(await dataOf(store, key)).toEqual([null]);
});

test('flushed or evicted: only misses, and nothing that was loaded before comes back', async () => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  await load(store, key, 'old');
  await redisCli(server.port, 'DEL', generationKey('netsuite'));
  expect(await dataOf(store, key)).toEqual([null]);
  expect(await dataOf(store, key)).toEqual([null]);

  await load(store, key, 'new');
  const [before] = await store.read([key]);
  await redisCli(server.port, 'FLUSHALL');
  await store.write([
    { key, entry: { data: 'late', loadedAt: 1 }, generation: before?.generation ?? '', keepMs: 1000 },
  ]);
  expect(await dataOf(store, key)).toEqual([null]);
});

test.each(['no json', '{"generation":"x"}', ''])('%j under a key is as if nothing was there', async (text) => {
  await using server = await startRedis();
  await using store = await redisStore([server.url]);
  const [found] = await store.read([key]);
  await redisCli(server.port, 'SET', key.text, text.replace('x', found?.generation ?? ''));
  expect(await dataOf(store, key)).toEqual([null]);
  await redisCli(server.port, 'DEL', key.text);
  await redisCli(server.port, 'RPUSH', key.text, 'a list');
  expect(await dataOf(store, key)).toEqual([null]);
  expect(store.isOpen()).toBe(true);
});

test('tiered without its Redis: what is near is read, and others hear of drops once it is back', async () => {
  await using server = await startRedis();
  await using one = await tieredStore([server.url]);
  await using two = await tieredStore([server.url]);
  await load(one, key, 'old');
  expect(await dataOf(two, key)).toEqual(['old']);
  await server.stop();

  expect(await timed(() => dataOf(one, key))).toBeLessThan(firstCallMs);
  expect(await dataOf(two, key)).toEqual(['old']);
  await one.drop([tag]);
  expect(await dataOf(one, key)).toEqual([null]);
  await load(one, key, 'new');
  expect(await dataOf(one, key)).toEqual(['new']);

  await using _again = await startRedis({ port: server.port });
  await eventually(async () => (await dataOf(two, key))[0] === null, 2 * backMs);
  await eventually(one.far.isOpen);
  // Its own is known to nobody else before it is loaded again.
  expect(await dataOf(one, key)).toEqual(['new']);
  await load(one, key, 'newer');
  await eventually(two.far.isOpen);
  expect(await dataOf(two, key)).toEqual(['newer']);
});

test('a slot that moves through the cluster is followed', async () => {
  await using cluster = await startRedisCluster();
  await using store = await redisStore(cluster.urls);
  await load(store, key, 'before');
  const slot = await redisCli(cluster.nodes[0]?.port ?? 0, 'CLUSTER', 'KEYSLOT', key.text);
  const owners = await Promise.all(
    cluster.nodes.map(async ({ port }) => ({
      port,
      id: await redisCli(port, 'CLUSTER', 'MYID'),
      count: Number(await redisCli(port, 'CLUSTER', 'COUNTKEYSINSLOT', slot)),
    })),
  );
  const from = owners.find(({ count }) => count > 0) ?? { port: 0, id: '' };
  const to = owners.find(({ count }) => count === 0) ?? { port: 0, id: '' };

  await redisCli(to.port, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id);
  await redisCli(from.port, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id);
  // One of the two keys is here, the other one there.
  await redisCli(from.port, 'MIGRATE', '127.0.0.1', to.port, key.text, 0, 1000);
  expect(await timed(() => dataOf(store, key))).toBeLessThan(firstCallMs);
  expect(store.isOpen()).toBe(true);
  await redisCli(from.port, 'MIGRATE', '127.0.0.1', to.port, generationKey(tag), 0, 1000);
  await eventually(async () => (await dataOf(store, key))[0] === 'before', backMs);
  await redisCli(to.port, 'CLUSTER', 'SETSLOT', slot, 'NODE', to.id);
  await redisCli(from.port, 'CLUSTER', 'SETSLOT', slot, 'NODE', to.id);

  await eventually(async () => (await dataOf(store, key))[0] === 'before', backMs);
  await store.drop([tag]);
  await load(store, key, 'after');
  expect(await dataOf(store, key)).toEqual(['after']);
});

test('a node of the cluster stalls: nobody waits for it, and all is used again when it is back', async () => {
  await using cluster = await startRedisCluster();
  await using store = await redisStore(cluster.urls);
  await load(store, key, 'old');
  cluster.nodes[1]?.process.kill('SIGSTOP');
  const keys = Array.from({ length: 30 }, (_, id) => entityKey(String(id)));
  expect(await timed(() => store.read(keys))).toBeLessThan(firstCallMs);
  await sleep(50);
  expect(await medianMs(() => store.read(keys))).toBeLessThan(awayMedianMs);
  cluster.nodes[1]?.process.kill('SIGCONT');
  expect(await timed(() => eventually(async () => (await dataOf(store, key))[0] === 'old'))).toBeLessThan(backMs);
});
