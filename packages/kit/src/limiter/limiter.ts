import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../errors.ts';
import { UpstreamError } from '../errors.ts';
import type { Ceilings, Ledger } from './ledger.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import type { RedisClient } from './redis-ledger.ts';
import { createRedisLedger } from './redis-ledger.ts';

/** A vendor's limits, or our part of them. */
export interface Limits {
  /** Calls in any stretch of time. */
  window?: { calls: number; windowMs: number };
  /** Calls under way at once. */
  concurrent?: number;
  /** Calls in a period. Without `calls`, what the vendor tells is the limit. */
  quota?: { calls?: number; periodOf(now: Date): Period };
}

export interface Period {
  /** The same for all of the period, and for no other. */
  id: string;
  endsAt: Date;
  /** The vendor counts back from each moment; the period only says when its count is asked again. @default false */
  rolling?: boolean;
}

/** What is known of a vendor's quota. */
export interface Quota {
  used: number;
  limit: number;
  left: number;
  /** Null when it frees bit by bit. */
  resetsAt: Date | null;
}

/** A place among the calls to a vendor. */
export interface Permit {
  /** The call has ended. */
  release(): void;
}

export interface EnterOptions {
  /** Longest wait. @default for background work no end, otherwise 0 */
  patienceMs?: number;
  signal?: AbortSignal;
  /** Leaves a third of the places, and a fifth of the quota, to people. @default false */
  background?: boolean;
}

export interface Limiter {
  /** Waits for a place. @throws {UpstreamError} `busy` when there is none in time */
  enter(options: EnterOptions): Promise<Permit>;
  /** What the vendor says of its own count, which others than we may add to. */
  observe(told: { used: number; limit: number }): void;
  quota(): Quota | null;
}

export interface LimiterOptions {
  system: System;
  limits: Limits;
  /** Names the account at the vendor: all who share it share the limits. @default the system */
  account?: string;
  /** Longer than any call takes. */
  leaseMs: number;
  /** Shares the limits with all other processes. @default the limits are this process's own */
  redis?: RedisClient | undefined;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
  /** Tells the period of a quota. @default the system's clock */
  now?: () => Date;
}

const backgroundPlaces = 2 / 3;
const backgroundQuota = 0.8;
/** Background work looks again after this, however long the wait is. */
const longestSleepMs = 30_000;
const forever: Period = { id: 'always', endsAt: new Date(8.64e15) };
const dayMs = 86_400_000;

/** Keeps our calls below a vendor's limits: a call beyond them waits here, and is never refused there. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { system, limits, leaseMs, redis, clock = () => performance.now(), now = () => new Date() } = options;
  const local = createMemoryLedger(clock);
  const account = `${system.toLowerCase()}:${options.account ?? 'default'}`;
  const ledger: Ledger = redis ? createRedisLedger({ redis, account, local, clock }) : local;
  const periodOf = limits.quota?.periodOf ?? (() => forever);
  let toldLimit: number | null = null;
  let known = { period: '', used: 0 };
  let underWay = 0;

  const quotaCalls = (): number | null => {
    const given = [limits.quota?.calls, toldLimit].filter((calls) => typeof calls === 'number');
    return limits.quota && given.length > 0 ? Math.min(...given) : null;
  };
  const part = (calls: number | null | undefined, share: number) =>
    calls == null ? null : share === 1 ? calls : Math.max(1, Math.floor(calls * share));

  const ceilings = (background: boolean): Ceilings => {
    const places = background ? backgroundPlaces : 1;
    const { id, endsAt } = periodOf(now());
    return {
      windowCalls: part(limits.window?.calls, places),
      windowMs: limits.window?.windowMs ?? 0,
      concurrent: part(limits.concurrent, places),
      leaseMs,
      quotaCalls: part(quotaCalls(), background ? backgroundQuota : 1),
      period: id,
      periodMs: Math.max(1, Math.min(endsAt.getTime() - now().getTime(), dayMs * 2)),
    };
  };

  const permit = (id: string): Permit => {
    let held = true;
    underWay += 1;
    return {
      release() {
        if (!held) return;
        held = false;
        underWay -= 1;
        ledger.end(id);
      },
    };
  };

  return {
    async enter({ signal, background = false, patienceMs = background ? Number.POSITIVE_INFINITY : 0 }) {
      const id = randomUUID();
      const giveUpAt = clock() + patienceMs;
      for (;;) {
        signal?.throwIfAborted();
        const limit = ceilings(background);
        const { waitMs, blockedBy, used } = await ledger.take(id, limit);
        known = { period: limit.period, used };
        if (blockedBy === null) {
          const place = permit(id);
          if (!signal?.aborted) return place;
          place.release();
          throw signal.reason;
        }
        if (clock() + waitMs > giveUpAt) {
          throw new UpstreamError(system, 'busy', `our own limit is used up (${blockedBy})`, { retryAfterMs: waitMs });
        }
        await sleep(Math.min(waitMs, longestSleepMs), undefined, signal ? { signal } : {});
      }
    },
    observe({ used, limit }) {
      const { period, periodMs } = ceilings(false);
      toldLimit = limit;
      // Calls under way are not in the vendor's count yet.
      known = { period, used: used + Math.max(0, underWay - 1) };
      ledger.setUsed(period, known.used, periodMs);
    },
    quota() {
      const limit = quotaCalls();
      if (limit === null) return null;
      const { id, endsAt, rolling } = periodOf(now());
      const used = known.period === id ? known.used : 0;
      return { used, limit, left: Math.max(0, limit - used), resetsAt: rolling ? null : endsAt };
    },
  };
}
