import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Resolves when Redis can be used, and after a second in any case: without it everything works, alone. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const readyMs = 1000;

/** In this process alone, unless there is a Redis. @param settings those of the environment unless given */
export function createBackbone(settings: CacheSettings, logger: Logger): Backbone {
  const bus = createBus(settings, logger);
  const store = createCacheStore(settings, bus, logger);
  const redis = settings.redis ? connectRedis(settings.redis) : undefined;
  return {
    store,
    bus,
    redis,
    async ready() {
      const until = performance.now() + readyMs;
      const isReady = () => !redis || (redis.status === 'ready' && store.isOpen());
      while (!isReady() && performance.now() < until) await sleep(10);
    },
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

/** The backbone that a service was given, or one of its own that ends with it; ready as far as it will be. */
export async function shareBackbone(
  given: Backbone | undefined,
  settings: CacheSettings,
  logger: Logger,
): Promise<Backbone & { release(): Promise<void> }> {
  if (given) return { ...given, release: async () => undefined };
  const own = createBackbone(settings, logger);
  await own.ready();
  return { ...own, release: own.close };
}
