import { createCacheHealth } from '../src/cache/cache-health.ts';
import { createCache } from '../src/cache/create-cache.ts';
import { createMemoryStore } from '../src/cache/memory-store.ts';
import { UpstreamError } from '../src/errors.ts';
import { createMetrics } from '../src/metrics.ts';
import { createTimeline } from './cache-history/timeline.ts';

const ages = { freshForMs: 30_000, freshForMsOf: {}, keptForMs: 600_000, staleWhileRevalidate: 1 };

test('hits, misses, ages, failed loads and how old the data is that stands in are told', async () => {
  const time = createTimeline();
  const health = createCacheHealth('MARKETO', time.now);
  const metrics = createMetrics();
  metrics.watchCache(health);
  let isWell = true;
  const store = createMemoryStore({ maxBytes: 1024 * 1024, clock: time.now });
  const cache = createCache({
    ...{ store, source: 'MARKETO', ages, observer: health.observer },
    ...{ clock: time.now, after: time.after },
  });
  const things = cache.of<string, string>({
    kindOf: () => kind,
    idOf: (id) => id,
    async load(ids) {
      if (!isWell) throw new UpstreamError('MARKETO', 'timeout', 'too slow');
      return ids.map((id) => `thing ${id}`);
    },
  });
  const kind = { source: 'MARKETO', entityType: 'thing', fields: [] } as const;
  const figure = async (name: string) =>
    (await metrics.registry.metrics())
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.split(' ')
      .at(-1);

  const began = time.now();
  await things.read(['1']);
  await time.pass(10_000);
  await things.read(['2']);
  await things.read(['1', '2']);
  expect(await figure('cache_misses_total{source="MARKETO"}')).toBe('2');
  expect(await figure('cache_served_age_seconds_count{source="MARKETO",origin="LIVE"}')).toBe('2');
  expect(await figure('cache_served_age_seconds_sum{source="MARKETO",origin="CACHE"}')).toBe('10');
  expect(await figure('cache_stands_in{source="MARKETO"}')).toBe('0');
  expect(health.cachedAsOf()).toBeNull();

  isWell = false;
  await time.pass(40_000);
  await things.read(['1']);
  await things.read(['2']);
  await time.pass(0);
  expect(await figure('cache_served_age_seconds_sum{source="MARKETO",origin="STALE_CACHE"}')).toBe('90');
  expect(await figure('cache_loads_failed_total{source="MARKETO",fault="timeout"}')).toBe('2');
  expect(await figure('cache_stands_in{source="MARKETO"}')).toBe('1');
  expect(health.cachedAsOf()).toBe(began);
  expect(await figure('cache_oldest_served_timestamp_seconds{source="MARKETO"}')).toBe(String(began / 1000));

  isWell = true;
  expect(await things.read(['2'])).toMatchObject([{ origin: 'STALE_CACHE' }]);
  await time.pass(0);
  expect(health.cachedAsOf()).toBeNull();
  expect(await figure('cache_stands_in{source="MARKETO"}')).toBe('0');
  expect(await figure('cache_oldest_served_timestamp_seconds{source')).toBeUndefined();
});
