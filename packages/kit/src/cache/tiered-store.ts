import type { Bus } from '../bus/bus.ts';
import { dropTopic, hearDrops } from './dropped.ts';
import type { MemoryStore } from './memory-store.ts';
import type { FoundInRedis, RedisStore } from './redis-store.ts';
import { unknownGeneration } from './redis-store.ts';
import type { CacheEntry, CacheKey, CacheStore, Found } from './store.ts';

export interface Tiers {
  /** This process's own. */
  near: MemoryStore;
  /** Everybody's. */
  far: RedisStore;
  bus: Bus;
}

/** A store that other processes share, as long as it is open. */
export interface SharedStore extends CacheStore {
  isOpen(): boolean;
}

/** What the near store holds: the entry, and the far generation that it belongs to. */
interface Nearby {
  data: unknown;
  farGeneration: string;
}

const seam = '|';
const join = (nearGeneration: string, farGeneration: string) => `${nearGeneration}${seam}${farGeneration}`;

/** Reads near first and keeps near what it finds far. While the far store is away, the near one does alone. */
export function createTieredStore({ near, far, bus }: Tiers): SharedStore {
  const unsubscribe = hearDrops(bus, { drop: (tags) => void near.drop(tags), all: near.clear });

  /** Keeps near what was found far, unless one of its tags was dropped while it was on its way. */
  const bring = (keys: readonly CacheKey[], here: readonly Found[], there: readonly FoundInRedis[]) =>
    near.write(
      keys.flatMap((key, index) => {
        const { entry, generation: farGeneration, keepMs } = there[index] ?? nowhere;
        const { generation, entry: nearEntry } = here[index] ?? nowhere;
        const news = entry !== null && newer(entry, nearEntry) === entry;
        return news ? [{ key, entry: nearby(entry, farGeneration), generation, keepMs }] : [];
      }),
    );

  return {
    async read(keys, isEnough = () => true) {
      const close = await near.read(keys);
      const open = far.isOpen();
      const satisfies = (here: Found | undefined, index: number) =>
        isRenewable(here, open) && (!open || isEnough(unwrap(here as Found).entry as CacheEntry, index));
      const missing = keys.flatMap((_, index) => (satisfies(close[index], index) ? [] : [index]));
      if (missing.length === 0) return close.map(unwrap);
      const missed = pick(keys, missing);
      const found = await far.read(missed);
      await bring(missed, pick(close, missing), found);
      const farByIndex = new Map(missing.map((index, place) => [index, found[place]]));
      return close.map((here, index) => {
        const there = farByIndex.get(index);
        if (!there) return unwrap(here);
        const entry = newer(there.entry, isVoid(here, there) ? null : unwrap(here).entry);
        return { generation: join(here.generation, there.generation), entry };
      });
    },

    async write(writes) {
      const halves = writes.map((write) => ({ write, halves: write.generation.split(seam, 2) }));
      await near.write(
        halves.map(({ write, halves: [generation = '', farGeneration = ''] }) => ({
          ...write,
          entry: nearby(write.entry, farGeneration),
          generation,
        })),
      );
      await far.write(halves.map(({ write, halves: [, generation = ''] }) => ({ ...write, generation })));
    },

    async drop(tags) {
      await near.drop(tags);
      await far.drop(tags);
      // Once more: meanwhile a read may have brought near what the far store had not yet dropped.
      await near.drop(tags);
      await bus.publish(dropTopic, tags);
    },

    isOpen: far.isOpen,

    async close() {
      unsubscribe();
      await Promise.all([near.close(), far.close()]);
    },
  };
}

const nowhere: FoundInRedis = { generation: '', entry: null, keepMs: 0 };

/** Of two that may both be given out; the first of two that are as new. */
const newer = (one: CacheEntry | null, other: CacheEntry | null) =>
  one && other && other.loadedAt > one.loadedAt ? other : (one ?? other);

const nearby = ({ data, loadedAt }: CacheEntry, farGeneration: string): CacheEntry => ({
  data: { data, farGeneration } satisfies Nearby,
  loadedAt,
});

function unwrap({ generation, entry }: Found): Found {
  if (entry === null) return { generation: join(generation, unknownGeneration), entry };
  const { data, farGeneration } = entry.data as Nearby;
  return { generation: join(generation, farGeneration), entry: { data, loadedAt: entry.loadedAt } };
}

/** What was kept while the far store was away cannot be renewed there before its generation is known. */
function isRenewable(here: Found | undefined, farIsOpen: boolean): boolean {
  if (!here?.entry) return false;
  return !farIsOpen || (here.entry.data as Nearby).farGeneration !== unknownGeneration;
}

/** Whether it was dropped far, which this process has yet to hear of. */
function isVoid({ entry }: Found, there: FoundInRedis): boolean {
  if (entry === null || there.generation === unknownGeneration) return false;
  const { farGeneration } = entry.data as Nearby;
  return farGeneration !== unknownGeneration && farGeneration !== there.generation;
}

const pick = <Item>(items: readonly Item[], indexes: readonly number[]): Item[] =>
  indexes.flatMap((index) => items.slice(index, index + 1));
