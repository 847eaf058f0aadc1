import type { Outcome } from '../../src/cache/cache.ts';
import { UpstreamError } from '../../src/errors.ts';
import { freshnessOf } from '../../src/freshness.ts';
import type { Item } from './steps.ts';
import type { Value, Vendor } from './vendor.ts';
import { ages, freshForMsOf, kinds, mistake } from './vendor.ts';

/** What one item of one read came to. */
export interface Handed {
  process: number;
  item: Item;
  outcome: Outcome<Value> | undefined;
  askedAt: number;
  now: number;
  /** The version that a drop promised before the read began. */
  floor: number;
}

/** An answer that took so long is still one. */
const answerMs = 10_000;
const missingMs = 5000;

/** What is wrong with what was handed over. */
export function judgeHanded(handed: Handed, vendor: Vendor): string[] {
  const { outcome } = handed;
  if (!outcome) return ['nothing was handed over'];
  return 'failure' in outcome ? judgeFailure(outcome.failure) : judgeReading(handed, outcome, vendor);
}

function judgeFailure(failure: unknown): string[] {
  const isOurs = failure instanceof Error && failure.message === mistake;
  return isOurs || failure instanceof UpstreamError ? [] : [`a reader heard of ${String(failure)}`];
}

function judgeReading(
  handed: Handed,
  reading: Exclude<Outcome<Value>, { failure: unknown }>,
  vendor: Vendor,
): string[] {
  const { item, now, askedAt, floor, process } = handed;
  const { value, loadedAt, staleBecause, origin } = reading;
  if (!value?.call) return [`an error as data: ${JSON.stringify(value)}`];
  const wrong: string[] = [];
  const { call } = value;
  const rule = (isKept: boolean, text: string) => {
    if (!isKept) wrong.push(text);
  };
  const age = now - call.beganAt;
  const told = (freshnessOf([reading], now)?.ageSeconds ?? 0) * 1000;
  const wasAwaited = call.endedAt > askedAt;
  const wasAskedFor = call.beganAt >= askedAt;
  const freshMs = freshForMsOf(item);

  rule(value.id === item.id && value.kind === item.kind, 'the value of another key');
  rule(loadedAt <= call.beganAt && told >= age, `an age of ${age} is told as ${told}`);
  rule(told - age <= 1000, `an age of ${age} is overstated as ${told}`);
  rule(value.version >= floor, `version ${value.version} after the drop of ${floor}`);
  rule((origin === 'STALE_CACHE') === (staleBecause !== null), `${origin} because ${staleBecause}`);

  rule(!wasAwaited || call.beganAt > askedAt - freshMs, `joined a load that began at ${call.beganAt - askedAt}`);

  const limit = wasAskedFor ? Math.max(freshMs, answerMs) : freshMs;
  rule(staleBecause !== null || age < limit, `${age} is past fresh and unflagged`);
  rule(
    staleBecause === null || age >= 0.8 * Math.min(freshMs, value.missing ? missingMs : freshMs),
    `${age} is flagged`,
  );
  const isKept = value.missing && !wasAwaited;
  rule(age < (isKept ? missingMs : ages.keptForMs), `${age} is past kept`);

  const why = staleBecause;
  rule(why !== 'sparing' || vendor.everSpared(), 'a vendor was spared for no reason');
  rule(why !== 'refreshing' || !vendor.sparedSince(askedAt), 'a vendor was asked that was to be spared');
  if (why !== null && why !== 'refreshing' && why !== 'slow' && why !== 'sparing') {
    const entityType = kinds[item.kind]?.entityType;
    const isTrue = vendor.failures.some(
      (one) =>
        one.process === process && one.entityType === entityType && one.fault === why && askedAt - one.at <= 60_000,
    );
    rule(isTrue || (why === 'timeout' && vendor.everHung()), `the reason is ${why}, which never happened`);
  }
  return wrong;
}
