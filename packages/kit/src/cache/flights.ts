import type { CacheEntry } from './store.ts';

interface Wanted {
  at: number;
  key: string;
  generation: string;
  freshForMs: number;
}

interface Flight {
  entry: Promise<CacheEntry>;
  generation: string;
  beganAt: number;
}

/** Loads under way in this process. */
export interface Flights {
  /**
   * Joins the load that is under way for each key, or starts one for all keys that have none. A load is joined while
   * nothing of its key was dropped since it began, and no longer than what it brings would be fresh.
   */
  join(
    wanted: readonly Wanted[],
    start: (missing: readonly Wanted[]) => Promise<readonly (CacheEntry | Error)[]>,
  ): Map<number, Promise<CacheEntry>>;
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>();
  const isJoinable = (flight: Flight | undefined, { generation, freshForMs }: Wanted) =>
    flight?.generation === generation && performance.now() - flight.beganAt < freshForMs;

  return {
    join(wanted, start) {
      const joined = new Map<number, Promise<CacheEntry>>();
      const missing: Wanted[] = [];
      for (const one of wanted) {
        const flight = flights.get(one.key);
        if (flight && isJoinable(flight, one)) joined.set(one.at, flight.entry);
        else missing.push(one);
      }
      if (missing.length === 0) return joined;
      // The same key may be asked twice at once; the second joins the first.
      const first = [...new Map(missing.map((one) => [one.key, one])).values()];
      const beganAt = performance.now();
      const entries = start(first);
      for (const [index, { key, generation }] of first.entries()) {
        const entry = entries.then((all) => {
          const one = all[index] as CacheEntry | Error;
          if (one instanceof Error) throw one;
          return one;
        });
        const flight: Flight = { entry, generation, beganAt };
        flights.set(key, flight);
        const land = () => {
          if (flights.get(key) === flight) flights.delete(key);
        };
        entry.then(land, land);
      }
      for (const { at, key } of missing) joined.set(at, (flights.get(key) as Flight).entry);
      return joined;
    },
  };
}
