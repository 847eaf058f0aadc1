import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../execute/json.ts';
import type { FreshnessPlace } from './freshness-places.ts';
import { freshnessAt } from './freshness-places.ts';

/** The text of an answer that may be given out again: ages in it go on, and what was live has become kept. */
export interface AgedText {
  /** What is the same every time, around the ages. */
  pieces: readonly string[];
  /** The seconds between the pieces when the text was made. */
  ages: readonly number[];
  /** Characters in all. */
  length: number;
}

/** Marks ages in text; nobody who does not know it can write one. */
const mark = `age-${randomUUID()}-`;
const marked = new RegExp(`"${mark}(\\d+)"`);

/**
 * Makes the text that is kept of an answer, in which every `Freshness` says CACHE instead of LIVE.
 * Changes the answer that it is given, which is of no use afterwards.
 */
export function ageText(answer: JsonObject, places: readonly FreshnessPlace[]): AgedText {
  for (const [object, { age, origin }] of freshnessAt(answer.data, places)) {
    for (const name of age) if (Number.isInteger(object[name])) object[name] = `${mark}${object[name]}`;
    for (const name of origin) if (object[name] === 'LIVE') object[name] = 'CACHE';
  }
  const { sources = [] } = (answer.extensions ?? {}) as { sources?: JsonObject[] };
  for (const source of sources) {
    if (Number.isInteger(source.ageSeconds)) source.ageSeconds = `${mark}${source.ageSeconds}`;
    if (source.origin === 'LIVE') source.origin = 'CACHE';
  }
  const parts = JSON.stringify(answer).split(marked);
  const pieces = parts.filter((_, index) => index % 2 === 0);
  const ages = parts.filter((_, index) => index % 2 === 1).map(Number);
  return { pieces, ages, length: pieces.reduce((sum, { length }) => sum + length, 0) };
}

/** The text as it reads some seconds later. */
export function textAfter({ pieces, ages }: AgedText, seconds: number): string {
  let text = pieces[0] ?? '';
  for (const [index, age] of ages.entries()) text += `${age + seconds}${pieces[index + 1]}`;
  return text;
}
