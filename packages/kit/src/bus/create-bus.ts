import type { Logger } from '../logger.ts';
import type { CacheSettings } from '../settings.ts';
import type { Bus } from './bus.ts';
import { createMemoryBus } from './memory-bus.ts';
import { createRedisBus } from './redis-bus.ts';

/** A bus to all processes where there is a Redis, else within this one. */
export function createBus({ redis }: CacheSettings, logger: Logger): Bus {
  return redis ? createRedisBus(redis, logger) : createMemoryBus(logger);
}
