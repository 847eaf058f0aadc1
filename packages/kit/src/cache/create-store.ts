import type { Bus } from '../bus/bus.ts';
import type { Logger } from '../logger.ts';
import { connectRedis } from '../redis/connect.ts';
import type { CacheSettings } from '../settings.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import type { SharedStore } from './tiered-store.ts';
import { createTieredStore } from './tiered-store.ts';
import { createToldStore } from './told-store.ts';

/** A cache in this process, in front of the one in Redis where there is one. The bus stays the caller's to close. */
export function createCacheStore({ redis, maxBytes }: CacheSettings, bus: Bus, logger: Logger): SharedStore {
  const near = createMemoryStore({ maxBytes });
  if (!redis) return { ...createToldStore(near, bus), isOpen: () => true };
  return createTieredStore({ near, far: createRedisStore(connectRedis(redis), logger, redis.waitMs), bus });
}
