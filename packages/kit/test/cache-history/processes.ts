import type { Cache, Cached } from '../../src/cache/cache.ts';
import { buildCache, createParts } from '../../src/cache/create-cache.ts';
import { createMemoryStore } from '../../src/cache/memory-store.ts';
import type { Parts } from '../../src/cache/reader.ts';
import type { CacheStore, Tag } from '../../src/cache/store.ts';
import { createTieredStore } from '../../src/cache/tiered-store.ts';
import type { Shared } from './shared.ts';
import type { Item, StoreMode } from './steps.ts';
import type { Timeline } from './timeline.ts';
import type { Value, Vendor } from './vendor.ts';
import { ages, kinds } from './vendor.ts';

/** Breaks something; what it is given has the parts of a cache that works. */
export type Mutation = (
  parts: Parts,
  world: { time: Timeline; store: CacheStore },
) => Partial<Parts & Pick<Cache, 'drop'>>;

export interface Process {
  cache: Cache;
  things: Cached<Item, Value>;
  parts: Parts;
  is(mode: StoreMode): void;
  /** Whether the store says at least what was dropped. */
  speaks(): boolean;
}

export interface World {
  time: Timeline;
  vendor: Vendor;
  /** Null for a process with a store of its own. */
  shared: Shared | null;
  mutate: Mutation;
}

/** One process of ours, over a store that does as it is told. */
export function createProcess(
  world: World,
  number: number,
  heard: (tags: readonly Tag[], version: number) => void,
): Process {
  const { time, vendor, shared, mutate } = world;
  /** The versions that drops make way for, in their order, until others are told. */
  const dropping: number[] = [];
  const near = createMemoryStore({ maxBytes: 1024 * 1024, clock: time.now });
  const real = shared
    ? createTieredStore({ near, far: shared.far, bus: shared.busOf(() => dropping.shift() ?? 0, heard) })
    : near;
  let mode: StoreMode = 'well';
  const store = moody(
    real,
    () => mode,
    () => dropping.push(vendor.version()),
  );
  const parts = createParts({
    ...{ store, source: 'NETSUITE', ages, isSparing: vendor.isSparing },
    ...{ clock: time.now, after: time.after },
  });
  const { drop, ...broken } = mutate(parts, { time, store });
  const whole = { ...parts, ...broken };
  const cache = { ...buildCache(whole), ...(drop ? { drop } : {}) };
  return {
    cache,
    parts: whole,
    things: cache.of<Item, Value>({
      kindOf: ({ kind }) => kinds[kind] ?? raise(),
      idOf: ({ id }) => id,
      load: (items) => vendor.load(number, items),
    }),
    speaks: () => mode === 'well' || mode === 'misses',
    is(now) {
      mode = now;
    },
  };
}

function moody(store: CacheStore, mode: () => StoreMode, drops: () => void): CacheStore {
  const hurt = () => {
    if (mode() === 'throws') throw new Error('the store throws');
    if (mode() === 'rejects') return Promise.reject(new Error('the store rejects'));
    return null;
  };
  return {
    read: (keys) => {
      const is = mode();
      if (is === 'forgets') return Promise.resolve([]);
      return (
        hurt() ?? store.read(keys).then((all) => (is === 'misses' ? all.map((one) => ({ ...one, entry: null })) : all))
      );
    },
    write: (writes) => hurt() ?? store.write(writes),
    drop(tags) {
      const pain = hurt();
      if (pain !== null) return pain;
      drops();
      return store.drop(tags);
    },
    close: () => store.close(),
  };
}

function raise(): never {
  throw new Error('no such kind');
}
