import type { System } from './errors.ts';
import { UpstreamError } from './errors.ts';

/** Whatever opens the vendor: the token's text, or a connection that carries it. */
export interface Grant<Token> {
  token: Token;
  expiresInMs: number;
}

/** Thrown by a call to say that the vendor did not take the token; another one may do. */
export class TokenRefusedError extends Error {
  override readonly name = 'TokenRefusedError';
}

export interface TokenSource<Token = string> {
  /** The current token, fetched if there is none. */
  get(): Promise<Token>;
  /**
   * Runs a call with the current token, and once more with another one when it throws `TokenRefusedError`.
   *
   * @throws {UpstreamError} `credentials` when no token is taken, then at once for half a minute
   */
  use<Result>(call: (token: Token) => Promise<Result>): Promise<Result>;
}

export interface TokenSourceOptions<Token> {
  system: System;
  fetchToken(): Promise<Grant<Token>>;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

interface Held<Token> {
  token: Token;
  refreshAt: number;
  endsAt: number;
}

const refreshAheadMs = 60_000;
const refreshRetryMs = 5000;
const refusalPauseMs = 30_000;

/**
 * Keeps one access token for all callers and replaces it before it ends. The vendor is left alone for half a minute
 * when it refuses the credentials, or a token that replaced a refused one and never worked.
 */
export function createTokenSource<Token = string>({
  system,
  fetchToken,
  clock = () => performance.now(),
}: TokenSourceOptions<Token>): TokenSource<Token> {
  let current: Held<Token> | null = null;
  let pending: Promise<Held<Token>> | null = null;
  let refusedUntil = Number.NEGATIVE_INFINITY;
  /** Since a token was refused, none has worked. */
  let inDoubt = false;

  const pause = () => {
    current = null;
    refusedUntil = clock() + refusalPauseMs;
  };

  const fetchOnce = async (): Promise<Held<Token>> => {
    const startedAt = clock();
    if (startedAt < refusedUntil) throw new UpstreamError(system, 'credentials', 'credentials were refused, pausing');
    try {
      const { token, expiresInMs } = await fetchToken();
      // A token that is nearly over is still used for half of what is left, or it would be fetched for every call.
      const refreshAt = startedAt + Math.max(expiresInMs - refreshAheadMs, expiresInMs / 2);
      current = { token, refreshAt, endsAt: startedAt + expiresInMs };
      return current;
    } catch (error) {
      if (error instanceof UpstreamError && error.fault === 'credentials') pause();
      else if (current) current.refreshAt = clock() + refreshRetryMs;
      throw error;
    }
  };

  const fetchShared = () => {
    pending ??= fetchOnce().finally(() => {
      pending = null;
    });
    return pending;
  };

  const hold = async (): Promise<Held<Token>> => {
    const held = current;
    if (!held || clock() >= held.endsAt) return fetchShared();
    // Nobody waits for the next token while this one works, and nobody hears of it when it cannot be had yet.
    if (clock() >= held.refreshAt) fetchShared().catch(() => undefined);
    return held;
  };

  const replace = async (refused: Held<Token>): Promise<Held<Token>> => {
    if (current && current !== refused) return current;
    if (current && inDoubt) {
      pause();
    } else {
      current = null;
      inDoubt = true;
    }
    return fetchShared();
  };

  /** The call's result, or null when the token was refused. */
  const attempt = async <Result>(held: Held<Token>, call: (token: Token) => Promise<Result>) => {
    try {
      const result = await call(held.token);
      if (held === current) inDoubt = false;
      return { result };
    } catch (error) {
      if (error instanceof TokenRefusedError) return null;
      throw error;
    }
  };

  return {
    get: async () => (await hold()).token,
    async use(call) {
      const first = await hold();
      const answer = await attempt(first, call);
      if (answer) return answer.result;
      const second = await replace(first);
      const repeated = await attempt(second, call);
      if (repeated) return repeated.result;
      if (second === current && inDoubt) pause();
      throw new UpstreamError(system, 'credentials', 'a renewed token was refused');
    },
  };
}
