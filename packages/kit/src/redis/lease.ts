import { randomUUID } from 'node:crypto';
import type { RedisClient } from './connect.ts';

/** Work that one process at a time does for all copies. */
export interface Leases {
  /**
   * Runs the work unless another process is at it, and tells which. Without Redis, or while it is away, everybody works
   * for themselves. @param ms how long the others wait for a process that died at it
   */
  run<Result>(name: string, ms: number, work: () => Promise<Result>): Promise<{ done: Result } | 'elsewhere'>;
}

const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

export function createLeases(redis: RedisClient | undefined): Leases {
  return {
    async run(name, ms, work) {
      const key = `lease:${name}`;
      const mine = randomUUID();
      const taken = await redis?.set(key, mine, 'PX', ms, 'NX').catch(() => 'OK');
      if (redis && taken !== 'OK') return 'elsewhere';
      try {
        return { done: await work() };
      } finally {
        await redis?.eval(releaseScript, 1, key, mine).catch(() => undefined);
      }
    },
  };
}
