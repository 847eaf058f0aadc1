import { type System, systemOrder } from './systems.ts';

/** What the graph tells about the age of a group of fields. */
export interface Reading {
  source: string;
  origin: string;
  stale: boolean;
}

export type StateWord = 'Fresh' | 'Ageing' | 'Cached' | 'Down' | 'Reading' | 'Unknown';

const rank: Record<StateWord, number> = { Unknown: 0, Reading: 1, Fresh: 2, Ageing: 3, Cached: 4, Down: 5 };

/** The state of one reading: a value that outlived its promise is never called fresh. */
export function readingState({ origin, stale }: Reading): StateWord {
  if (origin === 'STALE_CACHE' || origin === 'SNAPSHOT') return 'Cached';
  return stale ? 'Ageing' : 'Fresh';
}

/** The worst state of each system over everything on screen. */
export function systemStates(
  readings: readonly Reading[],
  failed: ReadonlyMap<System, string>,
  loading: boolean,
): Record<System, StateWord> {
  const states = Object.fromEntries(systemOrder.map((system) => [system, loading ? 'Reading' : 'Unknown'])) as Record<
    System,
    StateWord
  >;
  for (const reading of readings) {
    const system = systemOrder.find((name) => name === reading.source);
    const state = readingState(reading);
    if (system && rank[state] > rank[states[system]]) states[system] = state;
  }
  for (const system of failed.keys()) states[system] = 'Down';
  return states;
}
