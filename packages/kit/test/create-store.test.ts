import { dataOf, entityKey, load } from '@customer360/testing/cache-store-contract';
import { eventually } from '@customer360/testing/eventually';
import { startRedis } from '@customer360/testing/redis-server';
import { createBus } from '../src/bus/create-bus.ts';
import { createCacheStore } from '../src/cache/create-store.ts';
import type { CacheSettings } from '../src/settings.ts';
import { silent } from './stores.ts';

function openProcess(settings: CacheSettings) {
  const bus = createBus(settings, silent);
  const store = createCacheStore(settings, bus, silent);
  return { bus, store, [Symbol.asyncDispose]: async () => void (await Promise.all([store.close(), bus.close()])) };
}

const key = entityKey('1');

test('with a Redis, processes share their cache and hear of each other', async () => {
  await using server = await startRedis();
  const settings = { redis: { urls: [server.url] }, maxBytes: 1024 * 1024 };
  await using one = openProcess(settings);
  await using two = openProcess(settings);
  await eventually(async () => {
    await load(one.store, key, 'shared');
    return (await dataOf(two.store, key))[0] === 'shared';
  });
  await one.store.drop(['netsuite']);
  await eventually(async () => (await dataOf(two.store, key))[0] === null);
});

test('without one, each keeps its own', async () => {
  const settings = { redis: null, maxBytes: 1024 * 1024 };
  await using one = openProcess(settings);
  await using two = openProcess(settings);
  await load(one.store, key, 'own');
  expect(await dataOf(one.store, key)).toEqual(['own']);
  expect(await dataOf(two.store, key)).toEqual([null]);
});
