import { createRandom } from '../world/random.ts';
import type { Faults } from './faults.ts';
import { faultsSchema, healthy } from './faults.ts';

/** One vendor call as `GET /_control/calls` lists it. */
export interface Call {
  at: string;
  method: string;
  path: string;
  operation: string;
  status: number;
  ms: number;
}

/** The sandbox's own view of one vendor: what was called, and what is broken on purpose. */
export interface Control {
  readonly faults: Faults;
  /** Grows each time tokens are expired; a token of an earlier generation is dead. */
  readonly tokenGeneration: number;
  readonly calls: readonly Call[];
  record(call: Call): void;
  clearCalls(): void;
  setFaults(input: unknown): Faults;
  heal(): void;
  /** Whether this call is one that the current outage or throttle meets. */
  strikes(): boolean;
  /** Applies the `scramble` fault to a list answer; the same list when there is none. */
  scramble<Row>(rows: Row[]): Row[];
}

const maxCalls = 100_000;

export function createControl(seed = 1): Control {
  const random = createRandom(seed);
  let faults = healthy;
  let tokenGeneration = 0;
  let calls: Call[] = [];

  return {
    get faults() {
      return faults;
    },
    get tokenGeneration() {
      return tokenGeneration;
    },
    get calls() {
      return calls;
    },
    record(call) {
      if (calls.length < maxCalls) calls.push(call);
    },
    clearCalls() {
      calls = [];
    },
    setFaults(input) {
      faults = faultsSchema.parse(input);
      if (faults.expireTokens) tokenGeneration += 1;
      return faults;
    },
    heal() {
      faults = healthy;
    },
    strikes() {
      return faults.share >= 1 || random.next() < faults.share;
    },
    scramble(rows) {
      const { scramble } = faults;
      if (!scramble) return rows;
      const kept = rows.filter(() => random.next() >= scramble.drop);
      const doubled = kept.flatMap((row) => (random.next() < scramble.duplicate ? [row, row] : [row]));
      return scramble.shuffle ? random.shuffle(doubled) : doubled;
    },
  };
}
