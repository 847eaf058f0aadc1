import type { System } from '../errors.ts';
import type { Ages } from './age.ts';
import { createJudge } from './age.ts';
import { createAilments } from './ailments.ts';
import type { Cache, CacheObserver } from './cache.ts';
import { createFence } from './fence.ts';
import { createFlights } from './flights.ts';
import type { CacheKind } from './key.ts';
import { createKeys, sourceTag, tagsDroppedWith } from './key.ts';
import { createLoading } from './loading.ts';
import type { Parts } from './reader.ts';
import { createReader, tooLate } from './reader.ts';
import { createSafeStore } from './safe-store.ts';
import { createStepBack } from './step-back.ts';
import type { CacheKey, CacheStore, Tag } from './store.ts';
import type { After } from './timers.ts';
import { after as realAfter } from './timers.ts';

export interface CacheOptions {
  store: Pick<CacheStore, 'read' | 'write' | 'drop'>;
  source: System;
  ages: Ages;
  observer?: CacheObserver;
  /** How long a reader of one item, or of several, waits for a load while there is an older value. @default 400 and 800 */
  patienceMs?: { one: number; several: number };
  /** Whether the system is to be asked only for what is not there, or very old. @default never */
  isSparing?(): boolean;
  /** Milliseconds since 1970. @default Date.now */
  clock?: () => number;
  /** Milliseconds of a clock that nobody sets. @default performance.now, or the clock that is given */
  steady?: () => number;
  /** @default setTimeout */
  after?: After;
}

export function createCache(options: CacheOptions): Cache {
  return buildCache(createParts(options));
}

export function buildCache(parts: Parts): Cache {
  return {
    of: (options) => createReader(parts, options),
    drop: (tags) => dropFrom(parts, tagsDroppedWith(tags)),
  };
}

export function createParts(options: CacheOptions): Parts {
  const { source, ages, observer, patienceMs = { one: 400, several: 800 }, clock = Date.now } = options;
  const { steady = options.clock ?? (() => performance.now()), after = realAfter } = options;
  const store = createSafeStore(options.store);
  const flights = createFlights({ steady, after, givenUp: () => tooLate(source) });
  const fence = createFence(clock);
  const ailments = createAilments(steady);
  const steppedBack = createStepBack(clock, steady);
  let forgetting: Promise<void> | null = null;

  /** Entries are younger than they seem to be only if they were kept before the clock was set back. */
  function ready() {
    if (steppedBack()) {
      fence.clear();
      const current = dropFrom({ store, flights, fence }, [sourceTag(source)]).finally(() => {
        if (forgetting === current) forgetting = null;
      });
      forgetting = current;
    }
    return forgetting;
  }

  return {
    source,
    keyOf: createKeyOf(),
    store,
    judge: createJudge(ages),
    flights,
    fence,
    loading: createLoading({ source, clock, steady, ailments, observer }),
    ailments,
    observer,
    patienceMs,
    isSparing: () => options.isSparing?.() ?? false,
    clock,
    after,
    ready,
  };
}

/** What is under way does not count from now on, what is kept does not either, whatever the store does. */
async function dropFrom({ store, flights, fence }: Pick<Parts, 'store' | 'flights' | 'fence'>, tags: readonly Tag[]) {
  const lower = fence.raise(tags);
  flights.drop(tags);
  if (await store.drop(tags)) lower();
}

function createKeyOf(): Parts['keyOf'] {
  const keysOf = new WeakMap<CacheKind, (id: string) => CacheKey>();
  return (kind, id) => {
    const keys = keysOf.get(kind) ?? createKeys(kind);
    keysOf.set(kind, keys);
    return keys(id);
  };
}
