import type { Ceilings, Ledger, Taken } from './ledger.ts';

/** A ledger that can also take note of a call that another one has let through. */
export interface MemoryLedger extends Ledger {
  takeNow(id: string, ceilings: Ceilings): Taken;
  note(id: string, ceilings: Ceilings): void;
}

/** Counts the calls of this process. @param clock monotonic milliseconds */
export function createMemoryLedger(clock: () => number): MemoryLedger {
  /** When each call began or ended, oldest first. */
  const window = new Map<string, number>();
  /** Until when each call holds its place, oldest first. */
  const leases = new Map<string, number>();
  let period = '';
  let used = 0;

  const forget = (map: Map<string, number>, until: number) => {
    for (const [id, at] of map) {
      if (at > until) return;
      map.delete(id);
    }
  };
  const enter = (id: string, leaseMs: number) => {
    window.set(id, clock());
    leases.set(id, clock() + leaseMs);
  };
  const forgetPast = (windowMs: number) => {
    forget(window, clock() - windowMs);
    forget(leases, clock());
  };
  const turn = (name: string) => {
    if (name === period) return;
    period = name;
    used = 0;
  };

  const takeNow = (id: string, ceilings: Ceilings): Taken => {
    const { windowCalls, windowMs, concurrent, leaseMs, quotaCalls } = ceilings;
    const now = clock();
    forgetPast(windowMs);
    turn(ceilings.period);
    if (quotaCalls !== null && used >= quotaCalls) return { waitMs: ceilings.periodMs, blockedBy: 'quota', used };
    if (windowCalls !== null && window.size >= windowCalls) {
      const blocking = nth(window.values(), window.size - windowCalls) ?? now;
      return { waitMs: Math.max(1, Math.ceil(blocking + windowMs - now)), blockedBy: 'window', used };
    }
    if (concurrent !== null && leases.size >= concurrent)
      return { waitMs: parallelWaitMs, blockedBy: 'parallel', used };
    enter(id, leaseMs);
    used += 1;
    return { waitMs: 0, blockedBy: null, used };
  };

  return {
    takeNow,
    take: async (id, ceilings) => takeNow(id, ceilings),
    note(id, { windowMs, leaseMs }) {
      forgetPast(windowMs);
      enter(id, leaseMs);
    },
    end(id) {
      leases.delete(id);
      // Put in again, so that the map stays in order.
      if (window.delete(id)) window.set(id, clock());
    },
    setUsed(name, count) {
      turn(name);
      used = count;
    },
  };
}

function nth<Value>(values: Iterable<Value>, index: number): Value | undefined {
  let left = index;
  for (const value of values) {
    if (left === 0) return value;
    left -= 1;
  }
  return undefined;
}

/** How long to wait for one of the calls under way to end, which nobody knows. */
export const parallelWaitMs = 20;
