import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '@customer360/kit/errors';

export interface RateWindow {
  /** Waits for a place in the window and takes it. @throws {UpstreamError} `busy` when that would take too long */
  take(signal: AbortSignal): Promise<void>;
  /** Waits, however long, until fewer than `places` are taken, and takes one. */
  takeBelow(places: number, signal: AbortSignal): Promise<void>;
}

export interface RateWindowOptions {
  calls: number;
  windowMs: number;
  /** Longest wait for a place. */
  patienceMs: number;
  clock?: () => number;
}

/** Counts our own calls in a sliding window, so that Marketo's limit for the whole instance is not reached by us. */
export function createRateWindow({
  calls,
  windowMs,
  patienceMs,
  clock = () => performance.now(),
}: RateWindowOptions): RateWindow {
  let taken: number[] = [];

  /** Milliseconds until fewer than `places` calls lie in the window. */
  const waitFor = (places: number): number => {
    const now = clock();
    taken = taken.filter((at) => at > now - windowMs);
    const blocking = taken.at(-places);
    return blocking === undefined ? 0 : Math.max(1, Math.ceil(blocking + windowMs - now));
  };

  return {
    async take(signal) {
      const giveUpAt = clock() + patienceMs;
      for (let waitMs = waitFor(calls); waitMs > 0; waitMs = waitFor(calls)) {
        if (clock() + waitMs > giveUpAt) {
          throw new UpstreamError('MARKETO', 'busy', 'our own call limit is used up', { retryAfterMs: waitMs });
        }
        await sleep(waitMs, undefined, { signal });
      }
      taken.push(clock());
    },
    async takeBelow(places, signal) {
      for (let waitMs = waitFor(places); waitMs > 0; waitMs = waitFor(places)) {
        await sleep(waitMs, undefined, { signal });
      }
      taken.push(clock());
    },
  };
}
