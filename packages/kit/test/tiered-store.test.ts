import { dataOf, entityKey, load } from '@customer360/testing/cache-store-contract';
import type { Bus } from '../src/bus/bus.ts';
import { dropTopic } from '../src/cache/dropped.ts';
import type { FoundInRedis, RedisStore } from '../src/cache/redis-store.ts';
import { unknownGeneration } from '../src/cache/redis-store.ts';
import { createTieredStore } from '../src/cache/tiered-store.ts';
import { memoryStore } from './stores.ts';

const key = entityKey('1');
const [tag = ''] = key.tags;

const gone: FoundInRedis = { generation: 'far-2', entry: null, keepMs: 0 };
const there = (data: unknown, loadedAt = 1): FoundInRedis => ({
  generation: 'far-1',
  entry: { data, loadedAt },
  keepMs: 60_000,
});

/** A far store and a bus that do what the test says. */
function given() {
  const state = { found: gone, open: true, dropped: Promise.resolve(), reads: 0, written: [] as string[] };
  const far: RedisStore = {
    read: async (keys) => {
      state.reads++;
      return keys.map(() => state.found);
    },
    write: async (writes) => void state.written.push(...writes.map(({ generation }) => generation)),
    drop: () => state.dropped,
    isOpen: () => state.open,
    close: async () => undefined,
  };
  const heard: { listen?: (message: unknown) => void; onGap?: () => void } = {};
  const published: unknown[] = [];
  const bus: Bus = {
    publish: async (topic, message) => void published.push([topic, message]),
    subscribe: (_, listen, onGap = () => undefined) => {
      Object.assign(heard, { listen, onGap });
      return () => undefined;
    },
    close: async () => undefined,
  };
  return { state, heard, published, store: createTieredStore({ near: memoryStore(), far, bus }) };
}

test('what was found far is read near from then on, for as long as it is kept there', async () => {
  const { state, store } = given();
  state.found = there('far');
  expect(await dataOf(store, key)).toEqual(['far']);
  state.found = gone;
  expect(await dataOf(store, key)).toEqual(['far']);
  expect(state.reads).toBe(1);

  const short = entityKey('2');
  state.found = { ...there('short'), keepMs: 0 };
  expect(await dataOf(store, short)).toEqual(['short']);
  state.found = gone;
  expect(await dataOf(store, short)).toEqual([null]);
});

test('what a read brings near while a drop is under way is gone after the drop', async () => {
  const { state, store, published } = given();
  state.found = there('old');
  let farHasDropped = () => {};
  state.dropped = new Promise((resolve) => {
    farHasDropped = resolve;
  });
  const dropping = store.drop([tag]);
  expect(await dataOf(store, key)).toEqual(['old']);
  state.found = gone;
  farHasDropped();
  await dropping;
  expect(await dataOf(store, key)).toEqual([null]);
  expect(published).toEqual([[dropTopic, [tag]]]);
});

test('a drop that others tell of holds here, and a gap or nonsense empties what is near', async () => {
  const { state, heard, store } = given();
  const other = entityKey('2');
  const fill = async () => {
    state.found = there('old');
    await dataOf(store, key, other);
    state.found = gone;
    expect(await dataOf(store, key, other)).toEqual(['old', 'old']);
  };
  await fill();
  heard.listen?.([tag]);
  expect(await dataOf(store, key, other)).toEqual([null, 'old']);
  await fill();
  heard.onGap?.();
  expect(await dataOf(store, key, other)).toEqual([null, null]);
  await fill();
  heard.listen?.({ tags: 'what?' });
  expect(await dataOf(store, key, other)).toEqual([null, null]);
});

test('an entry is written far under the generation it was found with, near or far', async () => {
  const { state, store } = given();
  await load(store, key, 'one');
  await load(store, key, 'two');
  expect(state.written).toEqual(['far-2', 'far-2']);
});

test('what was loaded while the far store was away is asked for again when it is back; the newer one counts', async () => {
  const { state, store } = given();
  state.open = false;
  state.found = { ...gone, generation: unknownGeneration };
  await load(store, key, 'loaded here');
  expect(await dataOf(store, key)).toEqual(['loaded here']);
  expect(state.reads).toBe(1);

  state.open = true;
  state.found = there('older', 999);
  expect(await dataOf(store, key)).toEqual(['loaded here']);
  state.found = there('newer', 1001);
  expect(await dataOf(store, key)).toEqual(['newer']);
  state.found = gone;
  expect(await dataOf(store, key)).toEqual(['newer']);
});

describe('what is kept near and is not enough', () => {
  const isEnough = ({ loadedAt }: { loadedAt: number }) => loadedAt >= 10;
  const readOnce = async (store: ReturnType<typeof given>['store']) => (await store.read([key], isEnough))[0]?.entry;

  test('is looked for far, where another process may have left something newer', async () => {
    const { state, store } = given();
    state.found = there('old', 1);
    await store.read([key]);
    state.found = there('new', 20);
    expect(await readOnce(store)).toEqual({ data: 'new', loadedAt: 20 });
    state.found = gone;
    expect(await readOnce(store)).toEqual({ data: 'new', loadedAt: 20 });
  });

  test('is still given when there is nothing newer', async () => {
    const { state, store } = given();
    state.found = there('old', 1);
    await store.read([key]);
    state.found = { ...there('old', 1), entry: null };
    expect(await readOnce(store)).toEqual({ data: 'old', loadedAt: 1 });
  });

  test('is nothing when it was dropped far meanwhile', async () => {
    const { state, store } = given();
    state.found = there('old', 1);
    await store.read([key]);
    state.found = gone;
    expect(await readOnce(store)).toBeNull();
  });

  test('is enough while the far store is away', async () => {
    const { state, store } = given();
    state.found = there('old', 1);
    await store.read([key]);
    state.open = false;
    expect(await readOnce(store)).toEqual({ data: 'old', loadedAt: 1 });
    expect(state.reads).toBe(1);
  });
});
