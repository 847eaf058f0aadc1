import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { CacheHealth } from './cache-health.ts';

const minute = 60;
const hour = 60 * minute;
const buckets = [1, 5, 15, 30, minute, 2 * minute, 5 * minute, 15 * minute, hour, 6 * hour, 24 * hour];

/** Registers the figures of caches; what is returned tells of one from then on. */
export function registerCacheMetrics(registry: Registry): (health: CacheHealth) => void {
  const registers = [registry];
  const watched: CacheHealth[] = [];
  const ages = new Histogram({
    name: 'cache_served_age_seconds',
    help: 'Values given out, by where they came from, and how old they were.',
    labelNames: ['source', 'origin'],
    buckets,
    registers,
  });
  const misses = new Counter({
    name: 'cache_misses_total',
    help: 'Values of which nothing was kept that could be given out.',
    labelNames: ['source'],
    registers,
  });
  const failures = new Counter({
    name: 'cache_loads_failed_total',
    help: 'Loads that did not bring all that was asked for, by fault.',
    labelNames: ['source', 'fault'],
    registers,
  });
  new Gauge({
    name: 'cache_stands_in',
    help: '1 while old data has been given out since the source last answered.',
    labelNames: ['source'],
    registers,
    collect() {
      for (const { system, cachedAsOf } of watched) this.set({ source: system }, Number(cachedAsOf() !== null));
    },
  });
  new Gauge({
    name: 'cache_oldest_served_timestamp_seconds',
    help: 'When the oldest of that data was read.',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { system, cachedAsOf } of watched) {
        const oldest = cachedAsOf();
        if (oldest !== null) this.set({ source: system }, oldest / 1000);
      }
    },
  });

  return (health) => {
    watched.push(health);
    health.listen({
      served: ({ source, origin }, ageMs) => ages.observe({ source, origin }, Math.max(0, ageMs) / 1000),
      missed: (source) => misses.inc({ source }),
      loaded: () => undefined,
      failed: (source, fault) => failures.inc({ source, fault }),
    });
  };
}
