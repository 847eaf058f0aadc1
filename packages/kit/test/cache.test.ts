import type { CacheOptions } from '../src/cache/create-cache.ts';
import { createCache } from '../src/cache/create-cache.ts';
import type { CacheKind } from '../src/cache/key.ts';
import { createMemoryStore } from '../src/cache/memory-store.ts';
import { UpstreamError } from '../src/errors.ts';
import type { Timeline } from './cache-history/timeline.ts';
import { createTimeline } from './cache-history/timeline.ts';

const ages = { freshForMs: 100_000, freshForMsOf: {}, keptForMs: 1_000_000, staleWhileRevalidate: 1 };
const kind: CacheKind = { source: 'NETSUITE', entityType: 'customer', fields: ['a'] };

/** A cache over a vendor that takes 50 ms and says how often it was asked. */
function given(optionsFor: (time: Timeline) => Partial<CacheOptions> = () => ({})) {
  const time = createTimeline();
  const calls: string[][] = [];
  const vendor: { says(ids: readonly string[]): unknown[] } = {
    says: (ids) => ids.map((id) => ({ id, call: calls.length })),
  };
  const store = createMemoryStore({ maxBytes: 8 * 1024 * 1024, clock: time.now });
  const cache = createCache({
    store,
    source: 'NETSUITE',
    ages,
    clock: time.now,
    after: time.after,
    ...optionsFor(time),
  });
  const things = cache.of<string, unknown>({
    kindOf: () => kind,
    idOf: (id) => id,
    async load(ids) {
      calls.push([...ids]);
      await time.sleep(50);
      return vendor.says(ids);
    },
  });
  /** What all get who ask at once, once that time has passed. */
  const read = async (ids: readonly string[], ms: number) => {
    const reading = things.read(ids);
    await time.pass(ms);
    return reading;
  };
  return { time, calls, vendor, cache, things, read };
}

const crowd = <Result>(ask: () => Promise<Result>) => Promise.all(Array.from({ length: 200 }, ask));

test('200 readers of what is not there cost one load', async () => {
  const { time, calls, things } = given();
  const readers = crowd(() => things.read(['1']));
  await time.pass(50);
  for (const [outcome] of await readers) expect(outcome).toMatchObject({ origin: 'LIVE', value: { id: '1', call: 1 } });
  expect(calls).toEqual([['1']]);
});

test('200 readers of what has just expired cost one refresh, and none of them waits', async () => {
  const { time, calls, things, read } = given();
  await read(['1'], 50);
  await time.pass(100_000);
  const readers = crowd(() => things.read(['1']));
  // No time passes.
  for (const [outcome] of await readers) {
    expect(outcome).toMatchObject({ origin: 'STALE_CACHE', staleBecause: 'refreshing', value: { call: 1 } });
  }
  await time.pass(50);
  expect(calls).toHaveLength(2);
  expect(await read(['1'], 0)).toMatchObject([{ origin: 'CACHE', value: { call: 2 } }]);
});

test('a thousand entries that were loaded at once end over a fifth of their time, and never after it', async () => {
  const { read } = given();
  const ids = Array.from({ length: 1000 }, (_, index) => `customer ${index}`);
  const outcomes = await read(ids, 50);
  const ends = outcomes.map((outcome) => ('value' in outcome ? outcome.freshUntil - outcome.loadedAt : 0));
  expect(Math.max(...ends)).toBeLessThanOrEqual(ages.freshForMs);
  expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(0.19 * ages.freshForMs);
  const thirds = [0, 1, 2].map((third) =>
    ends.filter((end) => Math.floor((end / ages.freshForMs - 0.8) * 15) === third),
  );
  for (const third of thirds) expect(third.length).toBeGreaterThan(250);
});

test('the same key twice in a call is loaded once, and one that cannot be a key fails alone', async () => {
  const { calls, read } = given();
  expect(await read(['1', '2', '1'], 50)).toMatchObject([
    { value: { id: '1' } },
    { value: { id: '2' } },
    { value: { id: '1' } },
  ]);
  expect(calls).toEqual([['1', '2']]);
  expect(await read(['3', null as never], 50)).toMatchObject([{ value: { id: '3' } }, { failure: expect.any(Error) }]);
});

test('nobody can change what all share', async () => {
  const { read } = given();
  const [outcome] = await read(['1'], 50);
  const value = (outcome as { value: { id: string } }).value;
  expect(() => {
    value.id = '2';
  }).toThrow(TypeError);
  expect(await read(['1'], 0)).toMatchObject([{ value: { id: '1' } }]);
});

test('a load that gives fewer values than asked for is a mistake, not a lot of missing entities', async () => {
  const { vendor, read } = given();
  vendor.says = () => [];
  expect(await read(['1'], 50)).toEqual([{ failure: expect.any(Error) }]);
});

test('one of several that could not be read takes no other with it and is not kept', async () => {
  const { vendor, calls, read } = given();
  vendor.says = () => [new UpstreamError('NETSUITE', 'rejected', 'no'), 'well'];
  expect(await read(['1', '2'], 50)).toMatchObject([{ failure: { fault: 'rejected' } }, { value: 'well' }]);
  vendor.says = () => ['well'];
  expect(await read(['1', '2'], 50)).toMatchObject([{ value: 'well' }, { value: 'well' }]);
  expect(calls).toEqual([['1', '2'], ['1']]);
});

test('after the clock was set back nothing seems younger than it is', async () => {
  let aheadMs = 0;
  const { time, calls, things, read } = given(({ now }) => ({ clock: () => now() + aheadMs, steady: now }));
  await read(['1'], 50);
  await time.pass(70_000);
  aheadMs = -60_000;
  expect(await read(['1'], 50)).toMatchObject([{ origin: 'LIVE', value: { call: 2 } }]);

  const slow = things.read(['2']);
  await time.pass(20);
  aheadMs = -90_000;
  await time.pass(30);
  expect(await slow).toMatchObject([{ loadedAt: time.now() + aheadMs - 50 }]);
  expect(calls).toHaveLength(3);
});

test.each([
  ['from the future', 60_000],
  ['older than it may be given out', -2_000_000],
  ['of no age', Number.NaN],
])('an entry %s that another process wrote is not given out', async (_, byMs) => {
  const { calls, read } = given(({ now }) => ({
    store: {
      read: async (keys) => keys.map(() => ({ generation: 'g', entry: { data: 'theirs', loadedAt: now() + byMs } })),
      write: async () => undefined,
      drop: async () => undefined,
    },
  }));
  expect(await read(['1'], 50)).toMatchObject([{ origin: 'LIVE', value: { id: '1' } }]);
  expect(calls).toHaveLength(1);
});
