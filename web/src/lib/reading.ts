/** What the graph tells about the age of a group of values. */
export interface Reading {
  source: string;
  origin: string;
  /** When the read that gave the values began. */
  asOf: string;
  stale: boolean;
  /** The server's sentence for the person who looks, while the values are not as fresh as they should be. */
  warning?: string | null;
}

/** `Ageing` is past its time with a newer value under way; `Cached` is the last that is known, and nothing newer comes. */
export type ReadingState = 'Fresh' | 'Ageing' | 'Cached';

// The graph tells the reason in words alone. Any other than these means that the system is away.
const underWay = /(?:It is being refreshed|is answering slowly)\.$/;
const spared = /allows are used up\.$/;

/** The state of one reading: a value that outlived its promise is never called fresh. */
export function readingState({ origin, stale, warning }: Omit<Reading, 'source' | 'asOf'>): ReadingState {
  if (!stale && origin !== 'STALE_CACHE') return 'Fresh';
  if (warning) return underWay.test(warning) ? 'Ageing' : 'Cached';
  return origin === 'STALE_CACHE' ? 'Cached' : 'Ageing';
}

/** Whether the system gives nothing newer, rather than that it is asked less often on purpose. */
export function isAway(reading: Omit<Reading, 'source' | 'asOf'>): boolean {
  return readingState(reading) === 'Cached' && !spared.test(reading.warning ?? '');
}

const rank: Record<ReadingState, number> = { Fresh: 0, Ageing: 1, Cached: 2 };
const badness = (reading: Reading) => rank[readingState(reading)] + Number(isAway(reading));

/** What stands for several readings of one system: the state of the worst, the age of the oldest. Null without any. */
export function worstOf(readings: readonly Reading[]): Reading | null {
  const [first] = readings;
  if (!first) return null;
  let [worst, oldest] = [first, first];
  for (const reading of readings) {
    const worse = badness(reading) - badness(worst);
    // Only what every value is may be said of all of them.
    if (worse > 0 || (worse === 0 && worst.origin === 'LIVE')) worst = reading;
    if (Date.parse(reading.asOf) < Date.parse(oldest.asOf)) oldest = reading;
  }
  return { ...worst, asOf: oldest.asOf };
}
