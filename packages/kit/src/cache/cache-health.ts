import type { System } from '../errors.ts';
import type { CacheObserver } from './cache.ts';

/** How the cache of one system stands in for it, as this process sees it. */
export interface CacheHealth {
  system: System;
  /** To be given to the cache. */
  observer: CacheObserver;
  /**
   * When the oldest data was read that was given out in place of newer since the system last answered a load;
   * milliseconds since 1970. Null when there was none.
   */
  cachedAsOf(): number | null;
  /** Hears all that the cache does, for counting. */
  listen(listener: CacheObserver): void;
}

/** One per system and process. @param clock milliseconds, as the cache counts them */
export function createCacheHealth(system: System, clock: () => number = Date.now): CacheHealth {
  const listeners: CacheObserver[] = [];
  let oldest: number | null = null;
  let loadedAt = Number.NEGATIVE_INFINITY;

  return {
    system,
    observer: {
      served(read, ageMs, waitedMs) {
        // A system that answered while somebody waited is there, though what he got is old.
        const isAway = loadedAt < clock() - waitedMs;
        if (read.staleBecause && isAway) oldest = Math.min(oldest ?? read.loadedAt, read.loadedAt);
        for (const listener of listeners) listener.served(read, ageMs, waitedMs);
      },
      missed(source) {
        for (const listener of listeners) listener.missed(source);
      },
      loaded(source) {
        oldest = null;
        loadedAt = clock();
        for (const listener of listeners) listener.loaded(source);
      },
      failed(source, fault) {
        for (const listener of listeners) listener.failed(source, fault);
      },
    },
    cachedAsOf: () => oldest,
    listen: (listener) => void listeners.push(listener),
  };
}
