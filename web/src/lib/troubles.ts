import { type Failure, withoutAdvice } from './failures.ts';
import { type Reading, readingState, worstOf } from './reading.ts';
import { type System, systemOrder } from './systems.ts';

/** A system that is away, as the reader has to be told of it. */
export interface Trouble {
  system: System;
  /** Why, e.g. "NetSuite is temporarily unavailable." */
  sentence: string;
  /** Of when the values on screen are; null where there are none. */
  asOf: string | null;
}

/** The systems that are away, in the usual order. One that is merely asked again is none of them. */
export function findTroubles(readings: readonly Reading[], failures: readonly Failure[]): Trouble[] {
  return systemOrder.flatMap((system) => {
    const cached = worstOf(readings.filter((each) => each.source === system && readingState(each) === 'Cached'));
    const failure = failures.find((each) => each.system === system);
    if (!cached && !failure) return [];
    const sentence = reasonOf(cached?.warning) ?? failure?.sentence ?? '';
    return [{ system, sentence: withoutAdvice(sentence), asOf: cached?.asOf ?? null }];
  });
}

/** The part of a warning after the age, which goes on while the warning stands. */
const reasonOf = (warning: string | null | undefined) => warning?.replace(/^.*? old\)\. /, '');
