import type { Fault } from '../errors.ts';
import { UpstreamError } from '../errors.ts';
import type { Passage } from './breaker.ts';

/** How a call to a vendor ended. `canceled` was given up by us, and `failed` by a mistake of ours. */
export type Outcome = 'ok' | Fault | 'canceled' | 'failed';

export function faultOf(error: unknown): Outcome {
  return error instanceof UpstreamError ? error.fault : 'failed';
}

/** Tells the breaker what a call said of the vendor. Throttling and credentials say that it is there, not that it works. */
export function tellBreaker(passage: Passage, outcome: Outcome): void {
  if (outcome === 'ok' || outcome === 'rejected') passage.succeed();
  else if (outcome === 'unavailable' || outcome === 'timeout' || outcome === 'malformed') passage.fail();
  else passage.forget();
}

const silent: ReadonlySet<Outcome> = new Set<Outcome>(['unavailable', 'timeout', 'canceled', 'failed']);

/** Whether the vendor was heard at all. */
export const wasHeard = (outcome: Outcome): boolean => !silent.has(outcome);
