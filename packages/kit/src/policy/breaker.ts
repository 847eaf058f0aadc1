import { CircuitState, CountBreaker } from 'cockatiel';

/** OPEN refuses every call; HALF_OPEN has one call under way that decides what comes next. */
export type BreakerState = 'CLOSED' | 'HALF_OPEN' | 'OPEN';

/** One call's way through the breaker. The first of its three ends counts, and only if nothing has changed since. */
export interface Passage {
  /** Whether this call alone decides if the circuit closes. */
  probe: boolean;
  succeed(): void;
  fail(): void;
  /** The call told nothing of how the vendor is: nothing is counted, and a probe is left to a later caller. */
  forget(): void;
}

export interface Breaker {
  state(): BreakerState;
  /** Lets a call pass, or null when it must not be made. */
  enter(): Passage | null;
  /** Milliseconds until a probe may be made; 0 when calls are let through. */
  waitMs(): number;
}

export interface BreakerOptions {
  /** The part of calls, in percent, from which on the circuit opens. */
  errorThresholdPercentage: number;
  /** Calls that must have been seen before. */
  volumeThreshold: number;
  /** How long an open circuit lets nothing through. */
  resetTimeoutMs: number;
  /** Monotonic milliseconds: a step of the wall clock neither shortens nor lengthens a pause. */
  clock: () => number;
  onChange?(state: BreakerState): void;
}

/** Calls that are looked back upon. */
const lookBack = 20;
/** Pause after a probe that told nothing, so that callers do not take turns at probing. */
const forgottenMs = 1000;

/**
 * Opens when enough of the last twenty calls failed. cockatiel counts; its own circuit breaker is not used, because it
 * goes by the wall clock, lets callers wait for the probe, and takes every error it does not count for a success.
 */
export function createBreaker(options: BreakerOptions): Breaker {
  const { errorThresholdPercentage, volumeThreshold, resetTimeoutMs, clock, onChange } = options;
  const counter = new CountBreaker({
    // The test is "more than": a hair less makes exactly half of the calls enough.
    threshold: errorThresholdPercentage / 100 - 1e-9,
    size: Math.max(lookBack, volumeThreshold),
    minimumNumberOfCalls: volumeThreshold,
  });
  let state: BreakerState = 'CLOSED';
  let probeAt = 0;
  // Grows with every change: a call that began before one tells nothing of the time after it.
  let age = 0;

  const change = (next: BreakerState) => {
    state = next;
    age += 1;
    onChange?.(next);
  };
  const open = (pauseMs: number) => {
    probeAt = clock() + pauseMs;
    change('OPEN');
  };

  const passage = (probe: boolean): Passage => {
    const begun = age;
    let ended = false;
    const end = (effect: () => void) => () => {
      if (ended) return;
      ended = true;
      if (begun === age) effect();
    };
    return {
      probe,
      succeed: end(() => {
        counter.success(probe ? CircuitState.HalfOpen : CircuitState.Closed);
        if (probe) change('CLOSED');
      }),
      fail: end(() => {
        if (counter.failure(probe ? CircuitState.HalfOpen : CircuitState.Closed)) open(resetTimeoutMs);
      }),
      forget: end(() => {
        if (probe) open(Math.min(forgottenMs, resetTimeoutMs));
      }),
    };
  };

  return {
    state: () => state,
    waitMs: () => (state === 'CLOSED' ? 0 : Math.max(0, probeAt - clock())),
    enter() {
      if (state === 'CLOSED') return passage(false);
      if (state === 'HALF_OPEN' || clock() < probeAt) return null;
      change('HALF_OPEN');
      return passage(true);
    },
  };
}
