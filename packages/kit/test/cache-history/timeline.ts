import { setImmediate as turn } from 'node:timers/promises';
import type { After } from '../../src/cache/timers.ts';

/** Time that passes when the test says so. */
export interface Timeline {
  now(): number;
  after: After;
  sleep(ms: number): Promise<void>;
  /** Runs what is due in its order; what follows from it at once is over before the next. */
  pass(ms: number): Promise<void>;
}

interface Due {
  at: number;
  run: () => void;
}

export function createTimeline(start = 1_700_000_000_000): Timeline {
  let now = start;
  const dues = new Set<Due>();

  const after: After = (ms, run) => {
    const due = { at: now + ms, run };
    dues.add(due);
    return () => void dues.delete(due);
  };
  const next = (until: number) => {
    let first: Due | null = null;
    for (const due of dues) if (due.at <= until && (!first || due.at < first.at)) first = due;
    return first;
  };

  return {
    now: () => now,
    after,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    async pass(ms) {
      const until = now + ms;
      await turn();
      for (let due = next(until); due; due = next(until)) {
        dues.delete(due);
        now = Math.max(now, due.at);
        due.run();
        await turn();
      }
      now = until;
    },
  };
}
