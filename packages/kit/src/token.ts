import type { System } from './errors.ts';
import { UpstreamError } from './errors.ts';

export interface Token {
  token: string;
  expiresInMs: number;
}

export interface TokenSource {
  /** The current token, fetched if there is none or it ends within a minute. */
  get(): Promise<string>;
  /** A token other than the one that the vendor just rejected. */
  renew(rejected: string): Promise<string>;
}

export interface TokenSourceOptions {
  system: System;
  fetchToken(): Promise<Token>;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

const refreshAheadMs = 60_000;
const refusalPauseMs = 30_000;

/** Keeps one access token for all callers; a refusal is not asked again for half a minute. */
export function createTokenSource({
  system,
  fetchToken,
  clock = () => performance.now(),
}: TokenSourceOptions): TokenSource {
  let current: { token: string; refreshAt: number } | null = null;
  let pending: Promise<string> | null = null;
  let refusedUntil = Number.NEGATIVE_INFINITY;

  const fetchOnce = async () => {
    const startedAt = clock();
    if (startedAt < refusedUntil) throw new UpstreamError(system, 'credentials', 'credentials were refused, pausing');
    try {
      const { token, expiresInMs } = await fetchToken();
      // A token that is nearly over is still used for half of what is left, or it would be fetched for every call.
      current = { token, refreshAt: startedAt + Math.max(expiresInMs - refreshAheadMs, expiresInMs / 2) };
      return token;
    } catch (error) {
      current = null;
      if (error instanceof UpstreamError && error.fault === 'credentials') refusedUntil = clock() + refusalPauseMs;
      throw error;
    }
  };

  const fetchShared = () => {
    pending ??= fetchOnce().finally(() => {
      pending = null;
    });
    return pending;
  };

  return {
    async get() {
      return current && clock() < current.refreshAt ? current.token : fetchShared();
    },
    async renew(rejected) {
      return current && current.token !== rejected ? current.token : fetchShared();
    },
  };
}
