import { BulkheadRejectedError, bulkhead, TaskCancelledError, TimeoutStrategy, timeout, wrap } from 'cockatiel';
import type { System } from './errors.ts';
import { UpstreamError } from './errors.ts';

export interface VendorPolicy {
  /**
   * Runs one vendor call under the vendor's limits.
   *
   * @throws {UpstreamError} `timeout` past the deadline, `busy` when the queue is full or the vendor asked us to wait
   */
  run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
}

export interface VendorPolicyOptions {
  system: System;
  /** @default 5000 */
  timeoutMs?: number;
  /** Calls in flight at once. @default 8 */
  slots?: number;
  /** Calls that may wait for a slot. @default 200 */
  queue?: number;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

const defaultCoolDownMs = 1000;
const longestCoolDownMs = 5 * 60_000;

/**
 * One per vendor and process: deadline, limited concurrency, and a gate that stays shut while a throttling vendor
 * asked us to wait, so that it is not called again only to refuse.
 */
export function createVendorPolicy({
  system,
  timeoutMs = 5000,
  slots = 8,
  queue = 200,
  clock = () => performance.now(),
}: VendorPolicyOptions): VendorPolicy {
  const policy = wrap(timeout(timeoutMs, TimeoutStrategy.Aggressive), bulkhead(slots, queue));
  let shutUntil = Number.NEGATIVE_INFINITY;

  const checkGate = () => {
    const waitMs = shutUntil - clock();
    if (waitMs > 0) throw new UpstreamError(system, 'busy', 'cooling down after throttling', { retryAfterMs: waitMs });
  };

  // Seen inside the bulkhead: the next call in the queue starts before this one's caller hears of its failure.
  const watchThrottling = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof UpstreamError && error.fault === 'busy') {
        const waitMs = Math.min(error.retryAfterMs ?? defaultCoolDownMs, longestCoolDownMs);
        shutUntil = Math.max(shutUntil, clock() + waitMs);
      }
      throw error;
    }
  };

  return {
    async run(work) {
      checkGate();
      try {
        return await policy.execute(({ signal }) => {
          checkGate();
          return watchThrottling(() => work(signal));
        });
      } catch (error) {
        if (error instanceof TaskCancelledError) {
          throw new UpstreamError(system, 'timeout', 'no answer before the deadline');
        }
        if (error instanceof BulkheadRejectedError) {
          throw new UpstreamError(system, 'busy', 'too many calls are waiting');
        }
        throw error;
      }
    },
  };
}
