import { eventually } from '@customer360/testing/eventually';
import type { Bus } from '../src/bus/bus.ts';
import { createMemoryBus } from '../src/bus/memory-bus.ts';
import { createRedisBus } from '../src/bus/redis-bus.ts';
import { createMemoryStore } from '../src/cache/memory-store.ts';
import type { RedisStore } from '../src/cache/redis-store.ts';
import { createRedisStore } from '../src/cache/redis-store.ts';
import { createTieredStore } from '../src/cache/tiered-store.ts';
import { createLogger } from '../src/logger.ts';
import { connectRedis } from '../src/redis/connect.ts';

export const silent = createLogger('test', 'silent');

/** Where what is asked has to arrive, however busy the machine is. */
export const patientMs = 5000;

const maxBytes = 4 * 1024 * 1024;

export const memoryStore = () => createMemoryStore({ maxBytes });

/** A store that is in use, unless its servers are away. */
export async function redisStore(
  urls: readonly string[],
  away = false,
  waitMs?: number,
): Promise<RedisStore & AsyncDisposable> {
  const settings = waitMs === undefined ? { urls } : { urls, waitMs };
  const store = createRedisStore(connectRedis(settings), silent, waitMs);
  if (!away) await eventually(store.isOpen);
  return { ...store, [Symbol.asyncDispose]: store.close };
}

export async function tieredStore(urls: readonly string[], away = false, waitMs?: number) {
  const near = memoryStore();
  const far = await redisStore(urls, away, waitMs);
  const bus: Bus = away ? createMemoryBus(silent) : createRedisBus({ urls }, silent);
  const store = createTieredStore({ near, far, bus });
  const close = async () => {
    await store.close();
    await bus.close();
  };
  return { ...store, near, far, bus, close, [Symbol.asyncDispose]: close };
}
