import type { System } from '../errors.ts';
import { UpstreamError } from '../errors.ts';
import type { StaleReason } from '../freshness.ts';
import type { Judge, Judgement } from './age.ts';
import type { Ailments } from './ailments.ts';
import type { Cached, CachedOptions, CacheObserver, Outcome } from './cache.ts';
import type { Fence } from './fence.ts';
import type { Flights, Passage, Wanted } from './flights.ts';
import type { CacheKind } from './key.ts';
import type { Loading } from './loading.ts';
import type { SafeStore } from './safe-store.ts';
import type { CacheEntry, CacheKey, Found, Tag } from './store.ts';
import type { After } from './timers.ts';

/** What a reader is made from. */
export interface Parts {
  source: System;
  keyOf(kind: CacheKind, id: string): CacheKey;
  store: SafeStore;
  judge: Judge;
  flights: Flights;
  fence: Fence;
  loading: Loading;
  ailments: Ailments;
  observer: CacheObserver | undefined;
  /** How long a reader of one item, or of several, waits for a load while there is an older value. */
  patienceMs: { one: number; several: number };
  /** Milliseconds since 1970. */
  clock: () => number;
  after: After;
  /** Whether the system is to be asked only for what is not there. */
  isSparing(): boolean;
  /** Resolves once entries are of the age that they seem to be. */
  ready(): Promise<void> | null;
}

/** Where an item's value is, or would be. */
interface Place<Item> {
  item: Item;
  kind: CacheKind;
  key: CacheKey;
}

/** What is known of it. */
interface Seen<Item> extends Place<Item>, Wanted {
  entry: CacheEntry | null;
  judgement: Judgement | null;
}

/** What a reader gets: `joined` is null for what was kept. */
type Result = { entry: CacheEntry; joined: boolean | null; why: StaleReason | null } | { failure: unknown };

export function createReader<Item, Value>(parts: Parts, options: CachedOptions<Item, Value>): Cached<Item, Value> {
  const { source, store, judge, flights, fence, loading, ailments, observer, clock } = parts;

  const placeOf = (item: Item): Place<Item> => {
    const kind = options.kindOf(item);
    return { item, kind, key: parts.keyOf(kind, options.idOf(item)) };
  };

  function see(place: Place<Item>, { generation, entry }: Found, now: number): Seen<Item> {
    const judgement = entry && judge.kept(place.kind, place.key, entry, now);
    const seen = { ...place, generation, freshForMs: judge.freshForMs(place.kind) };
    if (!judgement?.usable || fence.refuses(place.key, entry as CacheEntry))
      return { ...seen, entry: null, judgement: null };
    return { ...seen, entry, judgement };
  }

  const crew = {
    load: (missing: readonly Seen<Item>[]) => loading(missing, options.load),
    keep: (landed: readonly { want: Seen<Item>; entry: CacheEntry }[]) =>
      store.write(
        landed.map(({ want: { kind, key, generation }, entry }) => ({
          key,
          entry,
          generation,
          keepMs: judge.kept(kind, key, entry, clock()).leftMs,
        })),
      ),
  };

  async function decide(
    { kind, entry, judgement }: Seen<Item>,
    passage: Passage | undefined,
    patience: Promise<null>,
  ): Promise<Result> {
    if (!passage) return { entry: entry as CacheEntry, joined: null, why: judgement?.fresh ? null : 'sparing' };
    if (!entry) {
      observer?.missed(source);
      return passage.entry.then(
        (loaded) => ({ entry: loaded, joined: passage.joined, why: null }),
        (failure: unknown) => ({ failure }),
      );
    }
    const old = (why: StaleReason): Result => ({ entry, joined: null, why });
    const ailing = ailments.of(kind.entityType);
    if (judgement?.waitFree) return old(ailing ?? 'refreshing');
    try {
      const loaded = await Promise.race([passage.entry, patience]);
      return loaded ? { entry: loaded, joined: passage.joined, why: null } : old(ailing ?? 'slow');
    } catch (error) {
      // A mistake of ours is no reason to hide it behind an old value.
      return error instanceof UpstreamError ? old(error.fault) : { failure: error };
    }
  }

  /** What is handed over, by its age at this moment: others of the same read may have been slow. Null if it is too old. */
  function describe({ kind, key }: Place<Item>, result: Result): Outcome<Value> | null {
    if ('failure' in result) return result;
    const { entry, joined, why } = result;
    const now = clock();
    const judgement =
      joined === null ? judge.kept(kind, key, entry, now) : judge.awaited(kind, key, entry, now, joined);
    if (!judgement.usable) return null;
    const staleBecause = why ?? (judgement.old ? 'slow' : null);
    const origin = joined === null ? 'CACHE' : 'LIVE';
    return {
      source,
      origin: staleBecause ? 'STALE_CACHE' : origin,
      loadedAt: entry.loadedAt,
      freshUntil: judgement.freshUntil,
      staleBecause,
      value: entry.data as Value,
    };
  }

  async function resolve(places: readonly Place<Item>[]): Promise<Result[]> {
    await parts.ready();
    const isFresh = (entry: CacheEntry, at: number) => {
      const { kind, key } = places[at] as Place<Item>;
      return judge.kept(kind, key, entry, clock()).fresh;
    };
    // What is near and old may have been read anew by another process.
    const found = await store.read(
      places.map(({ key }) => key),
      isFresh,
    );
    const now = clock();
    const seen = places.map((place, at) => see(place, found[at] as Found, now));
    const sparing = parts.isSparing();
    const wanted = seen.filter(({ judgement }) => !judgement?.fresh && !(sparing && judgement?.sparing));
    const passages = new Map(flights.join(wanted, crew).map((passage, at) => [wanted[at] as Seen<Item>, passage]));
    const patience = Promise.withResolvers<null>();
    const ms = places.length > 1 ? parts.patienceMs.several : parts.patienceMs.one;
    const enough = wanted.some(({ entry }) => entry) ? parts.after(ms, () => patience.resolve(null)) : () => undefined;
    const results = await Promise.all(seen.map((one) => decide(one, passages.get(one), patience.promise)));
    enough();
    return results;
  }

  /** What was kept and became too old while others were waited for is read like anything that is not there. */
  async function readPlaces(places: readonly Place<Item>[]): Promise<Outcome<Value>[]> {
    const results = await resolve(places);
    for (;;) {
      const outcomes = places.map((place, at) => describe(place, results[at] as Result));
      const late = places.flatMap((place, at) => (outcomes[at] || !wasKept(results[at]) ? [] : [{ place, at }]));
      if (late.length === 0) return outcomes.map((outcome) => outcome ?? { failure: tooLate(source) });
      const anew = await resolve(late.map(({ place }) => place));
      for (const [index, { at }] of late.entries()) results[at] = anew[index] as Result;
    }
  }

  return {
    tagsOf(item) {
      const { kind, key } = placeOf(item);
      return [key.tags[0] as Tag, ...(kind.alsoOf ?? [])];
    },
    async read(items) {
      const placed = items.map((item): Place<Item> | { failure: unknown } => {
        try {
          return placeOf(item);
        } catch (failure) {
          return { failure };
        }
      });
      const places = placed.filter((place) => 'key' in place);
      const askedAt = clock();
      const outcomes = places.length > 0 ? await readPlaces(places) : [];
      const now = clock();
      for (const outcome of outcomes) {
        if ('value' in outcome) observer?.served(outcome, now - outcome.loadedAt, now - askedAt);
      }
      let next = 0;
      return placed.map((place) => ('key' in place ? (outcomes[next++] as Outcome<Value>) : place));
    },
  };
}

const wasKept = (result: Result | undefined) => result !== undefined && 'joined' in result && result.joined === null;

/** What those hear whose answer came when it was of no use any more. */
export const tooLate = (source: System) => new UpstreamError(source, 'timeout', 'a load took too long');
