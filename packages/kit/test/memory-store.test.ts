import { dataOf, entityKey, load } from '@customer360/testing/cache-store-contract';
import { createMemoryStore } from '../src/cache/memory-store.ts';

test('what was used least lately makes room, and an entry larger than all is not kept', async () => {
  const store = createMemoryStore({ maxBytes: 20_000 });
  const keys = Array.from({ length: 30 }, (_, id) => entityKey(String(id)));
  for (const key of keys) await load(store, key, 'x'.repeat(1000));
  const kept = (await dataOf(store, ...keys)).filter((data) => data !== null);
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.length).toBeLessThan(15);
  const [newest = entityKey('0')] = keys.slice(-1);
  expect(await dataOf(store, newest)).not.toEqual([null]);

  await load(store, newest, 'x'.repeat(20_000));
  expect(await dataOf(store, newest)).toEqual([null]);
});

test('a generation that made room takes its entries along and never comes back', async () => {
  const store = createMemoryStore({ maxBytes: 4000 });
  const key = entityKey('1');
  const [before] = await store.read([key]);
  await load(store, key, 'old');
  await store.drop([key.tags[0] ?? '']);
  for (let id = 0; id < 50; id++) await store.read([entityKey(`other${id}`)]);
  await store.write([{ key, entry: { data: 'old', loadedAt: 1 }, generation: before?.generation ?? '', keepMs: 1000 }]);
  expect(await dataOf(store, key)).toEqual([null]);
});

test('time is that of the clock', async () => {
  let now = 1000;
  const store = createMemoryStore({ maxBytes: 100_000, clock: () => now });
  const key = entityKey('1');
  await load(store, key, 'kept', 500);
  now = 1499;
  expect(await dataOf(store, key)).toEqual(['kept']);
  now = 1500;
  expect(await dataOf(store, key)).toEqual([null]);
});

test('it can be emptied', async () => {
  const store = createMemoryStore({ maxBytes: 100_000 });
  const key = entityKey('1');
  const [before] = await store.read([key]);
  await load(store, key, 'kept');
  store.clear();
  await store.write([{ key, entry: { data: 'old', loadedAt: 1 }, generation: before?.generation ?? '', keepMs: 1000 }]);
  expect(await dataOf(store, key)).toEqual([null]);
});
