import { type Reading, readingState } from './reading.ts';
import { type System, systemOrder } from './systems.ts';

export type StateWord = 'Fresh' | 'Ageing' | 'Cached' | 'Down' | 'Reading' | 'Unknown';

const rank: Record<StateWord, number> = { Unknown: 0, Reading: 1, Fresh: 2, Ageing: 3, Cached: 4, Down: 5 };

/** The worst state of each system over everything on screen. */
export function systemStates(
  readings: readonly Reading[],
  failed: ReadonlySet<System>,
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
  for (const system of failed) states[system] = 'Down';
  return states;
}
