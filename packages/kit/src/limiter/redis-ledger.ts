import { randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import type { Ceilings, Ledger, Taken } from './ledger.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { parallelWaitMs } from './memory-ledger.ts';
import { endScript, takeScript } from './redis-scripts.ts';

export type RedisClient = Redis | Cluster;

export interface RedisLedgerOptions {
  redis: RedisClient;
  /** Names the account at the vendor; everything about it lies on one node. */
  account: string;
  /** Counts the calls of this process while Redis does not. */
  local: MemoryLedger;
  /** Monotonic milliseconds. */
  clock: () => number;
}

const commandMs = 100;
/** How long Redis is left alone after it failed. */
const restMs = 1000;
const blocks = [null, 'quota', 'window', 'parallel'] as const;

/** Leases end by themselves: what is forgotten of them costs places for a while and nothing else. */
const mostUnsaid = 1000;

/**
 * Counts the calls of all processes in one Redis. While it does not answer, this process allows itself its share of
 * the ceilings: a call never fails because of Redis, and waits for it at most a tenth of a second.
 */
export function createRedisLedger({ redis, account, local, clock }: RedisLedgerOptions): Ledger {
  const instance = randomUUID();
  const key = (name: string) => `limit:{${account}}:${name}`;
  let downUntil = Number.NEGATIVE_INFINITY;
  // Somebody who sets up a Redis has more than one process, even if it was never reached.
  let instances = 2;
  let usedByAll = 0;

  const failed = () => {
    downUntil = clock() + restMs;
  };
  const isDown = () => clock() < downUntil;
  const inTime = async <Value>(command: Promise<Value>): Promise<Value> => {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('Redis does not answer')), commandMs);
    try {
      return await Promise.race([command, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
  const inBackground = (command: () => Promise<unknown>) => {
    if (!isDown()) inTime(command()).catch(failed);
  };

  /** Calls whose end Redis has not heard of: their places would stay taken until their leases are over. */
  const unsaid = new Set<string>();
  const sayEnd = (id: string) => {
    const keep = () => {
      if (unsaid.size < mostUnsaid) unsaid.add(id);
    };
    if (isDown()) return keep();
    inTime(redis.eval(endScript, 2, key('window'), key('leases'), id)).catch(() => {
      keep();
      failed();
    });
  };
  const sayUnsaid = () => {
    const ids = [...unsaid];
    unsaid.clear();
    for (const id of ids) sayEnd(id);
  };

  const takeFromRedis = async (id: string, ceilings: Ceilings): Promise<Taken> => {
    const { windowCalls, windowMs, concurrent, leaseMs, quotaCalls, period, periodMs } = ceilings;
    const keys = [key('window'), key('leases'), key(`quota:${period}`), key('instances')];
    sayUnsaid();
    const limits = [windowCalls ?? -1, windowMs, concurrent ?? -1, leaseMs, quotaCalls ?? -1, Math.ceil(periodMs)];
    const answer = await inTime(redis.eval(takeScript, keys.length, ...keys, id, instance, ...limits));
    const [blocked = 0, waitMs = 0, used = 0, seen = 1] = (answer as unknown[]).map(Number);
    instances = Math.max(1, seen);
    usedByAll = used;
    local.setUsed(period, used, periodMs);
    const blockedBy = blocks[blocked] ?? null;
    if (blockedBy === null) local.note(id, ceilings);
    return { blockedBy, used, waitMs: blockedBy === 'parallel' ? parallelWaitMs * (1 + Math.random()) : waitMs };
  };

  const takeShare = (id: string, ceilings: Ceilings): Taken => {
    const { windowCalls, concurrent, quotaCalls } = ceilings;
    const share = (calls: number | null) => (calls === null ? null : Math.max(1, Math.floor(calls / instances)));
    const known = Math.min(usedByAll, quotaCalls ?? 0);
    return local.takeNow(id, {
      ...ceilings,
      windowCalls: share(windowCalls),
      concurrent: share(concurrent),
      quotaCalls: quotaCalls === null ? null : known + Math.floor((quotaCalls - known) / instances),
    });
  };

  return {
    async take(id, ceilings) {
      if (isDown()) return takeShare(id, ceilings);
      try {
        return await takeFromRedis(id, ceilings);
      } catch {
        failed();
        return takeShare(id, ceilings);
      }
    },
    end(id) {
      local.end(id);
      sayEnd(id);
    },
    setUsed(period, used, periodMs) {
      usedByAll = used;
      local.setUsed(period, used, periodMs);
      inBackground(() => redis.set(key(`quota:${period}`), used, 'PX', Math.ceil(periodMs)));
    },
  };
}
