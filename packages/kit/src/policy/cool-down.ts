import type { UpstreamError } from '../errors.ts';

/** Stays shut while a throttling vendor asked us to wait, so that it is not called only to refuse again. */
export interface CoolDown {
  /** Shuts for as long as the vendor asked, never opening earlier than an earlier wish. */
  shut(error: UpstreamError): void;
  /** Milliseconds until calls may be made. */
  waitMs(): number;
}

const shortestMs = 1000;
const longestMs = 5 * 60_000;
/** A day, and the hour that a clock change may add. */
const longestQuotaMs = 25 * 3_600_000;

export function createCoolDown(clock: () => number): CoolDown {
  let shutUntil = Number.NEGATIVE_INFINITY;
  return {
    shut({ retryAfterMs = shortestMs, quotaSpent }) {
      const waitMs = Math.max(shortestMs, Math.min(retryAfterMs, quotaSpent ? longestQuotaMs : longestMs));
      shutUntil = Math.max(shutUntil, clock() + waitMs);
    },
    waitMs: () => Math.max(0, shutUntil - clock()),
  };
}
