import type { Fault, System } from '../errors.ts';
import { UpstreamError } from '../errors.ts';
import type { Read, StaleReason } from '../freshness.ts';
import { createFlights } from './flights.ts';
import type { CacheKind } from './key.ts';
import { createKeys, tagsDroppedWith } from './key.ts';
import type { CacheEntry, CacheKey, CacheStore, Found, Tag } from './store.ts';

/** A value with what is known of how it was read. */
export interface Reading<Value> extends Read {
  value: Value;
}

/** What one key of a read came to. */
export type Outcome<Value> = Reading<Value> | { failure: unknown };

/** How long data of one system may be given out. */
export interface Ages {
  /** How long an entry is as good as new, in milliseconds. */
  freshForMs: number;
  /** The same for single entity types. */
  freshForMsOf: Readonly<Record<string, number>>;
  /** How long an entry may be given out at all, marked as old, in milliseconds. */
  keptForMs: number;
  /** For how much of its fresh time, once that is over, nobody waits for an entry's refresh. */
  staleWhileRevalidate: number;
}

/** Something that a cache can be asked for. Made once for the process. */
export interface Cached<Item, Value> {
  /** The item's values, in the order of the items; those that must be loaded are loaded in one call. Never rejects. */
  read(items: readonly Item[]): Promise<Outcome<Value>[]>;
  /** What makes an item void when it is dropped: the entity itself, and what it is made from. */
  tagsOf(item: Item): readonly Tag[];
}

export interface CachedOptions<Item, Value> {
  /** Kinds may differ between items; each is described by an object that stays the same. */
  kindOf(item: Item): CacheKind;
  idOf(item: Item): string;
  /** Values in the order of the items; null for what does not exist, an error for what alone could not be read. */
  load(items: readonly Item[]): Promise<readonly (Value | Error)[]>;
}

export interface Cache {
  of<Item, Value>(options: CachedOptions<Item, Value>): Cached<Item, Value>;
  /** Makes void everything that has one of the tags, in all processes, along with lists of the entities' types. */
  drop(tags: readonly Tag[]): Promise<void>;
}

/** Hears what the cache does, for figures. */
export interface CacheObserver {
  served(read: Read, ageMs: number): void;
  missed(source: System): void;
  failed(source: System, fault: Fault | 'internal'): void;
}

export interface CacheOptions {
  store: CacheStore;
  source: System;
  ages: Ages;
  observer?: CacheObserver;
  /** How long a reader of one item, or of several, waits for a load while there is an older value. @default 400 and 800 */
  patienceMs?: { one: number; several: number };
  /** Milliseconds since 1970. @default Date.now */
  clock?: () => number;
}

/** No longer: what does not exist now may be created any moment. */
const missingMs = 5000;
/** Entries that seem to be from the future were written by a clock that is wrong, or ours is. */
const clockToleranceMs = 1000;

/**
 * Keeps what a system of record said, below all permissions. Fresh entries are given out; older ones are given out
 * marked, at once while they are being refreshed and else when the system does not answer in time; one load per entry
 * is under way in a process.
 */
export function createCache(options: CacheOptions): Cache {
  const { store, source, ages, observer, patienceMs = { one: 400, several: 800 }, clock = Date.now } = options;
  const flights = createFlights();
  /** Why the last load failed; null since one worked. */
  let ailing: Fault | null = null;

  const freshForOf = (kind: CacheKind) => kind.freshForMs ?? ages.freshForMsOf[kind.entityType] ?? ages.freshForMs;
  const isMissing = (kind: CacheKind, value: unknown) => kind.isMissing?.(value) ?? value === null;
  const lifeOf = (kind: CacheKind, { data }: CacheEntry) =>
    isMissing(kind, data) ? Math.min(missingMs, freshForOf(kind)) : freshForOf(kind);

  function describe<Value>(kind: CacheKind, key: CacheKey, entry: CacheEntry, live: boolean): Reading<Value> {
    const now = clock();
    const freshUntil = entry.loadedAt + lifeOf(kind, entry) * shareOf(key, entry);
    const fresh = live || now < freshUntil;
    return {
      source,
      origin: live ? 'LIVE' : fresh ? 'CACHE' : 'STALE_CACHE',
      loadedAt: entry.loadedAt,
      freshUntil,
      staleBecause: fresh ? null : (ailing ?? 'refreshing'),
      value: entry.data as Value,
    };
  }

  /** What was found and may be given out at all. */
  function usable(kind: CacheKind, { entry }: Found): CacheEntry | null {
    if (!entry) return null;
    const age = clock() - entry.loadedAt;
    const ceiling = isMissing(kind, entry.data) ? missingMs : ages.keptForMs;
    return age < -clockToleranceMs || age >= ceiling ? null : entry;
  }

  return {
    of<Item, Value>({ kindOf, idOf, load }: CachedOptions<Item, Value>): Cached<Item, Value> {
      const keysOf = new WeakMap<CacheKind, (id: string) => CacheKey>();
      const keyOf = (item: Item) => {
        const kind = kindOf(item);
        const keys = keysOf.get(kind) ?? createKeys(kind);
        keysOf.set(kind, keys);
        return keys(idOf(item));
      };

      /** Loads items in one call and keeps what came, each under the generation that was known before. */
      async function fetch(items: readonly Item[], keys: readonly CacheKey[], generations: readonly string[]) {
        const loadedAt = clock();
        try {
          const values = await load(items);
          ailing = null;
          const entries = items.map((_, at): CacheEntry | Error => {
            const value = values[at] ?? null;
            return value instanceof Error ? value : { data: value, loadedAt };
          });
          const writes = items.flatMap((item, at) => {
            const entry = entries[at] as CacheEntry | Error;
            if (entry instanceof Error) return [];
            const keepMs = isMissing(kindOf(item), entry.data) ? Math.min(missingMs, ages.keptForMs) : ages.keptForMs;
            return { key: keys[at] as CacheKey, entry, generation: generations[at] as string, keepMs };
          });
          await store.write(writes);
          return entries;
        } catch (error) {
          const fault = error instanceof UpstreamError ? error.fault : 'internal';
          if (fault !== 'internal') ailing = fault;
          observer?.failed(source, fault);
          throw error;
        }
      }

      return {
        tagsOf: (item) => [keyOf(item).tags[0] as Tag, ...(kindOf(item).alsoOf ?? [])],
        async read(items) {
          const keys = items.map(keyOf);
          const found = await store.read(keys);
          const kept = items.map((item, at) => usable(kindOf(item), found[at] as Found));
          const now = clock();
          const wanted: number[] = [];
          const freshAt = items.map((item, at) => {
            const entry = kept[at];
            const fresh =
              entry != null &&
              now < entry.loadedAt + lifeOf(kindOf(item), entry) * shareOf(keys[at] as CacheKey, entry);
            if (!fresh) wanted.push(at);
            return fresh;
          });
          const loads = flights.join(
            wanted.map((at) => ({
              at,
              key: (keys[at] as CacheKey).text,
              generation: (found[at] as Found).generation,
              freshForMs: freshForOf(kindOf(items[at] as Item)),
            })),
            (missing) =>
              fetch(
                missing.map(({ at }) => items[at] as Item),
                missing.map(({ at }) => keys[at] as CacheKey),
                missing.map(({ generation }) => generation),
              ),
          );
          const deadline = wanted.length > 0 ? patience(items.length > 1 ? patienceMs.several : patienceMs.one) : null;

          const outcomes = items.map(async (item, at): Promise<Outcome<Value>> => {
            const kind = kindOf(item);
            const key = keys[at] as CacheKey;
            const entry = kept[at] ?? null;
            if (entry && freshAt[at]) return describe(kind, key, entry, false);
            const loading = loads.get(at) as Promise<CacheEntry>;
            if (!entry) {
              observer?.missed(source);
              try {
                return describe(kind, key, await loading, true);
              } catch (failure) {
                return { failure };
              }
            }
            const old = (why: StaleReason): Outcome<Value> => ({
              ...describe<Value>(kind, key, entry, false),
              origin: 'STALE_CACHE',
              staleBecause: why,
            });
            const endsAt = entry.loadedAt + lifeOf(kind, entry) * (shareOf(key, entry) + ages.staleWhileRevalidate);
            if (now < endsAt) {
              loading.catch(() => undefined);
              return old(ailing ?? 'refreshing');
            }
            try {
              const loaded = await Promise.race([loading, (deadline as Patience).over]);
              return loaded ? describe(kind, key, loaded, true) : old(ailing ?? 'slow');
            } catch (error) {
              // A mistake of ours is no reason to hide it behind an old value.
              if (!(error instanceof UpstreamError)) return { failure: error };
              return old(error.fault);
            }
          });
          const settled = await Promise.all(outcomes);
          deadline?.end();
          for (const outcome of settled) {
            if ('value' in outcome) observer?.served(outcome, clock() - outcome.loadedAt);
          }
          return settled;
        },
      };
    },
    drop: (tags) => store.drop(tagsDroppedWith(tags)),
  };
}

interface Patience {
  /** Resolves with nothing when the time is over. */
  over: Promise<undefined>;
  end(): void;
}

function patience(ms: number): Patience {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  return { over: promise, end: () => clearTimeout(timer) };
}

/** Entries that were loaded together do not all end together: each is fresh for 80 to 100 % of its time. */
function shareOf({ text }: CacheKey, { loadedAt }: CacheEntry): number {
  let hash = loadedAt % 4_294_967_291;
  for (let at = text.indexOf('{'); at < text.length && text[at] !== '}'; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  return 0.8 + 0.2 * ((hash >>> 0) / 4_294_967_296);
}
