import type { Failure } from './failures.ts';
import { isAway, type Reading, readingState } from './reading.ts';

/** Why the page asks again by itself. */
export type Need = 'unreachable' | 'refreshing' | 'degraded';

/** How one question went, as far as it matters for asking it again. */
export interface Outcome {
  unreachable: boolean;
  failures: readonly Failure[];
  readings: readonly Reading[];
}

/** The pause before the first time, and how long it may become by doubling. */
const pauses: Record<Need, { firstMs: number; longestMs: number }> = {
  unreachable: { firstMs: 2000, longestMs: 30_000 },
  // A newer value is under way and mostly there within a second.
  refreshing: { firstMs: 3000, longestMs: 15_000 },
  // A system is tried again after half a minute, so the page hears of it a quarter of a minute later at most.
  degraded: { firstMs: 15_000, longestMs: 15_000 },
};

/** Why to ask again what was answered like this; null when there is nothing to win. */
export function needOf(outcomes: readonly Outcome[]): Need | null {
  if (outcomes.some(({ unreachable }) => unreachable)) return 'unreachable';
  const readings = outcomes.flatMap((outcome) => outcome.readings);
  // First, because its pause grows up to that of a system that is away.
  if (readings.some((reading) => readingState(reading) === 'Ageing')) return 'refreshing';
  const retryable = outcomes.some(({ failures }) => failures.some((failure) => failure.retryable));
  return retryable || readings.some(isAway) ? 'degraded' : null;
}

/**
 * How long to wait before asking again.
 *
 * @param times how often it was asked for the same reason
 * @param random 0 to 1: pages that were answered at the same moment do not all ask at the same moment
 */
export function pauseMs(need: Need, times: number, random = Math.random()): number {
  const { firstMs, longestMs } = pauses[need];
  return Math.min(firstMs * 2 ** times, longestMs) * (0.8 + 0.4 * random);
}
