import type { CacheEntry, CacheKey, Tag } from './store.ts';
import type { After } from './timers.ts';

export interface Wanted {
  key: CacheKey;
  /** The state of the key's tags when the store was asked. */
  generation: string;
  /** How long what is loaded will be as good as new. */
  freshForMs: number;
}

export interface Landed<Want> {
  want: Want;
  entry: CacheEntry;
}

export interface Crew<Want> {
  load(missing: readonly Want[]): Promise<readonly (CacheEntry | Error)[]>;
  /** Keeps what was loaded. Never throws. */
  keep(landed: readonly Landed<Want>[]): Promise<void>;
}

export interface Passage {
  entry: Promise<CacheEntry>;
  /** Whether the load had begun for somebody else. */
  joined: boolean;
}

/** Loads under way in this process. */
export interface Flights {
  /**
   * Joins the load that is under way for each key, or starts one for all keys that have none. A load is joined while
   * nothing of its key was dropped since it began, and no longer than what it brings would be fresh; after that it is
   * not kept either. One that does not end is given up.
   */
  join<Want extends Wanted>(wanted: readonly Want[], crew: Crew<Want>): Passage[];
  /** From now on no load that has begun counts for these tags. */
  drop(tags: readonly Tag[]): void;
  /** How many keys are being loaded. */
  size(): number;
}

interface Flight extends Wanted {
  name: string;
  beganAt: number;
  entry: Promise<CacheEntry>;
  land(result: CacheEntry | Error): void;
}

export interface FlightsOptions {
  /** Monotonic milliseconds. */
  steady: () => number;
  after: After;
  /** What those hear who wait for a load that is given up. */
  givenUp(): Error;
}

/** A load is given up no earlier. */
const longestMs = 60_000;

export function createFlights({ steady, after, givenUp }: FlightsOptions): Flights {
  /** Those that may be joined and kept. */
  const current = new Map<string, Flight>();
  const isCurrent = (flight: Flight) => current.get(flight.name) === flight;
  const end = (flight: Flight) => {
    if (isCurrent(flight)) current.delete(flight.name);
  };

  function take({ key, generation, freshForMs }: Wanted): Flight {
    const { promise, resolve, reject } = Promise.withResolvers<CacheEntry>();
    // Whoever needs it hears of its failure all the same.
    promise.catch(() => undefined);
    const land = (result: CacheEntry | Error) => (result instanceof Error ? reject(result) : resolve(result));
    const flight = {
      name: nameOf(key, generation),
      key,
      generation,
      freshForMs,
      beganAt: steady(),
      entry: promise,
      land,
    };
    current.set(flight.name, flight);
    return flight;
  }

  async function fly<Want extends Wanted>(wanted: readonly Want[], flights: readonly Flight[], crew: Crew<Want>) {
    const giveUp = after(Math.max(longestMs, ...wanted.map(({ freshForMs }) => freshForMs)), () => {
      for (const flight of flights) {
        end(flight);
        flight.land(givenUp());
      }
    });
    const results = await crew.load(wanted);
    giveUp();
    const landed = wanted.flatMap((want, at): Landed<Want>[] => {
      const flight = flights[at] as Flight;
      const result = results[at] as CacheEntry | Error;
      flight.land(result);
      if (result instanceof Error) end(flight);
      return result instanceof Error || !isCurrent(flight) ? [] : [{ want, entry: result }];
    });
    // Nobody waits for that; until it is over, the load is joined, so that nobody loads the same again.
    await crew.keep(landed);
    for (const flight of flights) end(flight);
  }

  return {
    join(wanted, crew) {
      const missing: (typeof wanted)[number][] = [];
      const started: Flight[] = [];
      const passages = wanted.map((want): Passage => {
        const known = current.get(nameOf(want.key, want.generation));
        if (known && (started.includes(known) || steady() - known.beganAt < want.freshForMs)) {
          return { entry: known.entry, joined: !started.includes(known) };
        }
        const flight = take(want);
        missing.push(want);
        started.push(flight);
        return { entry: flight.entry, joined: false };
      });
      if (missing.length > 0) void fly(missing, started, crew);
      return passages;
    },
    drop(tags) {
      const dropped = new Set(tags);
      for (const flight of current.values()) if (flight.key.tags.some((tag) => dropped.has(tag))) end(flight);
    },
    size: () => current.size,
  };
}

const nameOf = (key: CacheKey, generation: string) => `${key.text} ${generation}`;
