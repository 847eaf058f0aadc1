import { createRandom } from '../world/random.ts';
import type { Faults, Outage, WrongAnswer } from './faults.ts';
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

/** What a call meets on its way. */
export interface Breakage {
  latencyMs: number;
  outage?: Outage | undefined;
  answer?: WrongAnswer | undefined;
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
  /** Draws what this call meets; to be asked once for each call. */
  breakage(call: { method: string; path: string; body: string }): Breakage;
  /** Which limit this call is to be told it exceeds, if any. */
  throttles(): 'rate' | 'day' | 'parallel' | null;
  /** Whether one record of many is to fail by itself. */
  failsPartly(): boolean;
  /** Applies the `scramble` fault to a list answer; the same list when there is none. */
  scramble<Row>(rows: Row[]): Row[];
  /** Sends an event as the `events` fault has it: never, twice, late or out of order. */
  deliver(send: () => void): void;
  /** The vendor's clock: the given one, as far off as the faults say. */
  clock(now?: () => number): () => number;
}

const maxCalls = 100_000;
/** How late an event is that others are to overtake. */
const overtakenMs = 250;

export function createControl(seed = 1): Control {
  const random = createRandom(seed);
  let faults = healthy;
  let met: number[] = [];
  let tokenGeneration = 0;
  let calls: Call[] = [];

  function setFaults(next: Faults): Faults {
    faults = next;
    met = next.rules.map(() => 0);
    if (next.expireTokens === true || next.refuseCredentials) tokenGeneration += 1;
    return next;
  }

  function ruleFor({ method, path, body }: { method: string; path: string; body: string }) {
    return faults.rules.find((rule, index) => {
      const meant =
        (rule.method ?? method) === method && path.includes(rule.path ?? '') && body.includes(rule.body ?? '');
      if (!meant || (met[index] ?? 0) >= (rule.times ?? Number.POSITIVE_INFINITY) || !random.chance(rule.share)) {
        return false;
      }
      met[index] = (met[index] ?? 0) + 1;
      return true;
    });
  }

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
    setFaults: (input) => setFaults(faultsSchema.parse(input)),
    heal() {
      setFaults(healthy);
    },
    breakage(call) {
      const { expireTokens, latencyMs } = faults;
      if (typeof expireTokens === 'number' && random.chance(expireTokens)) tokenGeneration += 1;
      const rule = ruleFor(call);
      const broken = rule ?? (random.chance(faults.share) ? faults : undefined);
      return {
        latencyMs: latencyMs + (rule?.latencyMs ?? 0),
        outage: broken?.outage ?? undefined,
        answer: broken?.answer ?? undefined,
      };
    },
    throttles() {
      const { throttle } = faults;
      if (!throttle || !random.chance(faults.share)) return null;
      return throttle === true ? 'rate' : throttle;
    },
    failsPartly: () => faults.partial > 0 && random.chance(faults.partial),
    scramble(rows) {
      const { scramble } = faults;
      if (!scramble) return rows;
      const kept = rows.filter(() => random.next() >= scramble.drop);
      const doubled = kept.flatMap((row) => (random.next() < scramble.duplicate ? [row, row] : [row]));
      return scramble.shuffle ? random.shuffle(doubled) : doubled;
    },
    deliver(send) {
      const { events } = faults;
      if (!events) return send();
      if (random.chance(events.drop)) return undefined;
      const times = random.chance(events.duplicate) ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        const late = events.delayMs + (random.chance(events.shuffle) ? random.int(1, overtakenMs) : 0);
        if (late > 0) setTimeout(send, late).unref();
        else send();
      }
      return undefined;
    },
    clock:
      (now = Date.now) =>
      () =>
        now() + faults.clockOffsetMs,
  };
}
