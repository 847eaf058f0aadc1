import type { Ages } from './cache/age.ts';
import type { Cache } from './cache/cache.ts';
import type { CacheHealth } from './cache/cache-health.ts';
import { createCacheHealth } from './cache/cache-health.ts';
import { createCache } from './cache/create-cache.ts';
import type { CacheStore } from './cache/store.ts';
import type { SourceHealth } from './source-health.ts';

export interface SourceCacheOptions {
  store: CacheStore;
  ages: Ages;
  health: SourceHealth;
  /** @default the system's clock */
  clock?: (() => Date) | undefined;
}

/** So much of a quota may be used before what is kept is made to last. */
const sparingFrom = 0.8;

/** The cache of one system of record, and what is told of it. */
export function createSourceCache({ store, ages, health, clock }: SourceCacheOptions): {
  cache: Cache;
  cacheHealth: CacheHealth;
} {
  const time = clock && (() => clock().getTime());
  const cacheHealth = createCacheHealth(health.system, time);
  const cache = createCache({
    store,
    source: health.system,
    ages,
    observer: cacheHealth.observer,
    isSparing() {
      const quota = health.quota();
      return quota !== null && quota.used >= sparingFrom * quota.limit;
    },
    ...(time ? { clock: time, steady: time } : {}),
  });
  return { cache, cacheHealth };
}
