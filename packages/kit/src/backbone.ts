import type { Bus } from './bus/bus.ts';
import { createBus } from './bus/create-bus.ts';
import { readConfig } from './cache/config.ts';
import { createCacheStore } from './cache/create-store.ts';
import type { CacheStore } from './cache/store.ts';
import type { Logger } from './logger.ts';
import type { RedisClient } from './redis/connect.ts';
import { connectRedis } from './redis/connect.ts';
import type { CacheSettings } from './settings.ts';

/** What the services of the product share: kept values, messages, and what limits are counted in. */
export interface Backbone {
  store: CacheStore;
  bus: Bus;
  /** Undefined when everything is in this process. */
  redis: RedisClient | undefined;
  close(): Promise<void>;
}

/** In this process alone, unless there is a Redis. @param settings those of the environment unless given */
export function createBackbone(settings: CacheSettings, logger: Logger): Backbone {
  const bus = createBus(settings, logger);
  const store = createCacheStore(settings, bus, logger);
  const redis = settings.redis ? connectRedis(settings.redis) : undefined;
  return {
    store,
    bus,
    redis,
    async close() {
      await store.close();
      await bus.close();
      redis?.disconnect();
    },
  };
}

/** The backbone of an environment. @throws {ConfigError} */
export const createBackboneFor = (env: Record<string, string | undefined>, logger: Logger): Backbone =>
  createBackbone(readConfig(env), logger);

/** The backbone that a service was given, or one of its own that ends with it. */
export function shareBackbone(
  given: Backbone | undefined,
  settings: CacheSettings,
  logger: Logger,
): Backbone & { release(): Promise<void> } {
  if (given) return { ...given, release: async () => undefined };
  const own = createBackbone(settings, logger);
  return { ...own, release: own.close };
}
