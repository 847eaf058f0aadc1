import { addDays, daysBetween } from './dates.ts';
import { fiscalQuarterStart } from './fiscal.ts';
import type { Random } from './random.ts';

/** Picks a day from `from` to `to`, both included, more often one on which business is done. */
export type Season = (random: Random, from: string, to: string) => string;

/** How much business a day sees: the end of a quarter hurries, weekends, summers and the end of December rest. */
export function busyness(date: string): number {
  const weekday = new Date(date).getUTCDay();
  const month = date.slice(5, 7);
  const day = date.slice(5);
  const left = daysBetween(date, fiscalQuarterStart(date, 1));
  return (
    (weekday === 0 || weekday === 6 ? 0.1 : 1) *
    (left <= 14 ? 3.5 : left <= 30 ? 1.3 : 1) *
    (month === '08' ? 0.7 : month === '12' ? 0.6 : 1) *
    (day >= '12-20' || day <= '01-02' ? 0.3 : 1)
  );
}

/** Knows every day from `first` to `last`; a day outside counts as the nearest inside. */
export function createSeason(first: string, last: string): Season {
  const dates = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const numbers = new Map(dates.map((date, index) => [date, index]));
  const upTo = [0];
  for (const [index, date] of dates.entries()) upTo.push((upTo[index] as number) + busyness(date));
  const numberOf = (date: string) => numbers.get(date) ?? (date < first ? 0 : dates.length - 1);

  return (random, from, to) => {
    const start = numberOf(from);
    const end = Math.max(start, numberOf(to));
    const floor = upTo[start] as number;
    const wanted = floor + random.next() * ((upTo[end + 1] as number) - floor);
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle + 1] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return dates[low] as string;
  };
}
