import { type Failure, withoutAdvice } from './failures.ts';
import { isAway, type Reading, readingState, worstOf } from './reading.ts';
import { type System, systemOrder } from './systems.ts';

/** A system whose values are not what they should be, as the reader has to be told of it. */
export interface Trouble {
  system: System;
  /** Why, e.g. "NetSuite is temporarily unavailable." */
  sentence: string;
  /** Of when the values on screen are; null where there are none. */
  asOf: string | null;
  /** False for a system that is well, and merely asked less often to spare its quota. */
  away: boolean;
}

/** The systems with troubles, in the usual order. One that is merely asked again is none of them. */
export function findTroubles(readings: readonly Reading[], failures: readonly Failure[]): Trouble[] {
  return systemOrder.flatMap((system) => {
    const cached = worstOf(readings.filter((each) => each.source === system && readingState(each) === 'Cached'));
    const failure = failures.find((each) => each.system === system);
    if (!cached && !failure) return [];
    const away = cached ? isAway(cached) : false;
    const reason = away || !failure ? reasonOf(cached?.warning) : undefined;
    const sentence = withoutAdvice(reason ?? failure?.sentence ?? '');
    return [{ system, sentence, asOf: cached?.asOf ?? null, away: away || failure !== undefined }];
  });
}

/** The part of a warning after the age, which goes on while the warning stands. */
const reasonOf = (warning: string | null | undefined) => warning?.replace(/^.*? old\)\. /, '');
