import { setTimeout as sleep } from 'node:timers/promises';
import { BulkheadRejectedError, bulkhead, TaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel';
import type { System } from './errors.ts';
import { CircuitOpenError, UpstreamError } from './errors.ts';
import type { Limiter, Permit } from './limiter/limiter.ts';
import type { Passage } from './policy/breaker.ts';
import { createBreaker } from './policy/breaker.ts';
import { createCoolDown } from './policy/cool-down.ts';
import type { Outcome } from './policy/outcome.ts';
import { faultOf, tellBreaker, wasHeard } from './policy/outcome.ts';
import { noteVendorCall } from './request-calls.ts';
import type { SourceHealth } from './source-health.ts';
import { createSourceHealth } from './source-health.ts';

/** One call to the vendor, which must end when its signal is aborted. */
export type Work<Result> = (signal: AbortSignal) => Promise<Result>;

export interface CallOptions {
  /** The caller's own wish to stop, which says nothing of the vendor. */
  signal?: AbortSignal;
  /** Nobody waits for it: it waits for its place, however long, and leaves places to people. @default false */
  background?: boolean;
}

export interface VendorPolicy {
  /**
   * Runs one read under the vendor's limits, and once more when the connection failed fast.
   *
   * @throws {UpstreamError} `timeout` past the deadline, `busy` when there is no place or the vendor asked us to wait
   * @throws {CircuitOpenError} at once, while the vendor has been failing
   */
  run<Result>(work: Work<Result>, options?: CallOptions): Promise<Result>;
  /** As `run`, never repeated. */
  write<Result>(work: Work<Result>, options?: CallOptions): Promise<Result>;
  /** What the calls tell of the vendor. */
  health: SourceHealth;
}

export interface VendorPolicyOptions {
  system: System;
  /** For one call, its queueing and its repetition included. @default 5000 */
  timeoutMs?: number;
  /** The part of the last twenty calls, in percent, from which on the vendor is left alone. @default 50 */
  errorThresholdPercentage?: number;
  /** Calls that must have been seen before it is. @default 10 */
  volumeThreshold?: number;
  /** For how long it is. @default 30 000 */
  resetTimeoutMs?: number;
  /** Calls in flight at once. @default 8 */
  slots?: number;
  /** Calls that may wait for a slot. @default 32 */
  queue?: number;
  /** What all copies of this service may ask together. @default no limit but the slots */
  limiter?: Limiter;
  /** @default one of its own */
  health?: SourceHealth;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

/** One call on its way, whatever its attempts. */
interface Journey<Result> {
  work: Work<Result>;
  entry: Passage;
  background: boolean;
  caller: AbortSignal | undefined;
  began: number;
  /** A place that was taken before the deadline began to run. */
  prepaid: Permit | null;
  waitsForPlace: boolean;
  /** Whether the vendor has been asked: then the answer settles the passage, even after the caller was told. */
  asked: boolean;
  /** How long the last attempt took at the vendor. */
  tookMs: number;
}

/** Pause before the repetition, and as much again at random. */
const pauseMs = 40;

/**
 * One per vendor and process. From the outside in: deadline, one repetition for reads, limited concurrency, the limits
 * that are shared with other processes, a breaker, and the deadline of one attempt.
 */
export function createVendorPolicy(options: VendorPolicyOptions): VendorPolicy {
  const { system, timeoutMs = 5000, slots = 8, queue = 32, limiter, clock = () => performance.now() } = options;
  const health = options.health ?? createSourceHealth({ system, clock });
  const deadline = timeout(timeoutMs, TimeoutStrategy.Aggressive);
  const attemptDeadline = timeout(timeoutMs, TimeoutStrategy.Aggressive);
  const places = bulkhead(slots, queue);
  const coolDown = createCoolDown(clock);
  const breaker = createBreaker({
    errorThresholdPercentage: options.errorThresholdPercentage ?? 50,
    volumeThreshold: options.volumeThreshold ?? 10,
    resetTimeoutMs: options.resetTimeoutMs ?? 30_000,
    clock,
    onChange: (state) => health.changed(state, breaker.waitMs()),
  });
  /** A fault that comes later than this is no hiccup, and repeating would use up what is left of the deadline. */
  const fastMs = timeoutMs / 5;
  let heardAt = clock();
  if (limiter) health.readQuota(limiter.quota);

  const refuse = (reason: Parameters<SourceHealth['refused']>[0], error: UpstreamError): UpstreamError => {
    health.refused(reason);
    return error;
  };
  const openError = () => refuse('open', new CircuitOpenError(system, breaker.waitMs()));
  const checkGate = () => {
    const retryAfterMs = coolDown.waitMs();
    if (retryAfterMs === 0) return;
    throw refuse('cooling', new UpstreamError(system, 'busy', 'cooling down after throttling', { retryAfterMs }));
  };

  /**
   * What a call that ended late says. One that waited for its place had less than the deadline for the vendor: it is
   * held against the vendor only if that has answered nobody else meanwhile.
   */
  const judgeLate = (began: number): Outcome =>
    clock() - began >= timeoutMs * 0.95 || clock() - heardAt >= timeoutMs * 0.95 ? 'timeout' : 'canceled';

  const ask = async <Result>(journey: Journey<Result>, passage: Passage, within: AbortSignal): Promise<Result> => {
    const began = clock();
    noteVendorCall(system);
    const settle = (outcome: Outcome) => {
      journey.tookMs = clock() - began;
      if (wasHeard(outcome)) heardAt = clock();
      tellBreaker(passage, outcome);
      health.called(outcome, journey.tookMs);
    };
    try {
      const result = await attemptDeadline.execute(({ signal }) => journey.work(signal), within);
      settle('ok');
      return result;
    } catch (error) {
      const late = error instanceof TaskCancelledError || (faultOf(error) === 'timeout' && within.aborted);
      if (!late) settle(faultOf(error));
      else settle(journey.caller?.aborted ? 'canceled' : judgeLate(began));
      // Seen inside the bulkhead: the next call in the queue starts before this one's caller hears of its failure.
      if (error instanceof UpstreamError && error.fault === 'busy') {
        coolDown.shut(error);
        health.coolingDown(coolDown.waitMs());
      }
      throw error;
    }
  };

  const takePlace = async <Result>(journey: Journey<Result>, signal: AbortSignal): Promise<Permit | null> => {
    const { prepaid } = journey;
    journey.prepaid = null;
    if (prepaid || !limiter) return prepaid;
    journey.waitsForPlace = true;
    // Half of what is left, so that the vendor has as long to answer.
    const patienceMs = Math.max(0, (timeoutMs - (clock() - journey.began)) / 2);
    const permit = await limiter.enter({ patienceMs, signal, background: journey.background }).catch((error) => {
      throw error instanceof UpstreamError ? refuse('limit', error) : error;
    });
    journey.waitsForPlace = false;
    return permit;
  };

  const attempt = <Result>(journey: Journey<Result>, signal: AbortSignal): Promise<Result> =>
    places.execute(async () => {
      checkGate();
      const permit = await takePlace(journey, signal);
      try {
        if (signal.aborted) throw new TaskCancelledError();
        checkGate();
        const passage = journey.entry.probe ? journey.entry : breaker.enter();
        if (!passage) throw openError();
        journey.asked = true;
        return await ask(journey, passage, signal);
      } finally {
        permit?.release();
      }
    }, signal);

  const attempts = async <Result>(journey: Journey<Result>, repeats: boolean, signal: AbortSignal): Promise<Result> => {
    try {
      return await attempt(journey, signal);
    } catch (error) {
      const fast = faultOf(error) === 'unavailable' && journey.tookMs < fastMs && !(error instanceof CircuitOpenError);
      if (!repeats || !fast) throw error;
      await sleep(pauseMs * (1 + Math.random()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted || breaker.state() !== 'CLOSED' || coolDown.waitMs() > 0) throw error;
      health.repeated();
      return attempt(journey, signal);
    }
  };

  const describe = (error: unknown, journey: Journey<unknown>): unknown => {
    if (error instanceof BulkheadRejectedError) {
      return refuse('full', new UpstreamError(system, 'busy', 'too many calls are waiting'));
    }
    if (!(error instanceof TaskCancelledError)) return error;
    if (journey.caller?.aborted) return journey.caller.reason;
    if (journey.waitsForPlace)
      return refuse('limit', new UpstreamError(system, 'busy', 'no place before the deadline'));
    return new UpstreamError(system, 'timeout', 'no answer before the deadline');
  };

  const execute = async <Result>(work: Work<Result>, repeats: boolean, call: CallOptions = {}): Promise<Result> => {
    const { signal: caller, background = false } = call;
    caller?.throwIfAborted();
    checkGate();
    let prepaid: Permit | null = null;
    if (background && limiter) {
      if (breaker.waitMs() > 0) throw openError();
      prepaid = await limiter.enter({ background, ...(caller ? { signal: caller } : {}) });
    }
    // The first to come when a probe is due makes it; nobody else waits for it, not even for a slot.
    const entry = breaker.enter();
    if (!entry) {
      prepaid?.release();
      throw openError();
    }
    const began = clock();
    const journey = { work, entry, background, caller, began, prepaid, waitsForPlace: false, asked: false, tookMs: 0 };
    try {
      return await deadline.execute(({ signal }) => attempts(journey, repeats && !entry.probe, signal), caller);
    } catch (error) {
      throw describe(error, journey);
    } finally {
      journey.prepaid?.release();
      if (!journey.asked) entry.forget();
    }
  };

  return {
    run: (work, call) => execute(work, true, call),
    write: (work, call) => execute(work, false, call),
    health,
  };
}
