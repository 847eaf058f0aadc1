import type { Worker } from 'node:cluster';
import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { followLog } from './log.ts';
import { StartError } from './reports.ts';

/** The copies of one service, a process each, which share its address. */
export interface Copies {
  /** Replaces one after the other; the old one leaves when the new one is ready. @throws {StartError} */
  restart(): Promise<void>;
  /** Ends all of them; those that are left after `limitMs` are cut off. */
  stop(limitMs: number): Promise<void>;
}

interface Copy {
  number: number;
  worker: Worker;
  ended: Promise<void>;
}

/** A copy that cannot even start is not tried again at once. */
const retryMs = 1000;
/** Services end by themselves before. */
const drainLimitMs = 20_000;

/**
 * Starts as many copies as asked, each replaced when its process ends. `onChange` is told the process ids, at first
 * when all copies are ready.
 *
 * @throws {StartError} with the last words of a copy that cannot start
 */
export async function startCopies(count: number, onChange: (pids: number[]) => void): Promise<Copies> {
  const live = new Set<Copy>();
  const places = new Map<number, Copy>();
  let ready = false;
  let stopping = false;

  const start = (number: number) => {
    const worker = cluster.fork();
    const lastWords = followLog(worker.process.stderr, number);
    const ended = new Promise<void>((resolve) => worker.process.once('close', () => resolve()));
    const copy = { number, worker, ended };
    live.add(copy);
    // A connection that is handed to a copy in the moment of its death must not end the others.
    worker.on('error', () => undefined);
    return new Promise<Copy>((resolve, reject) => {
      worker.on('message', (message) => {
        if (message === 'ready') resolve(copy);
      });
      void ended.then(() => {
        live.delete(copy);
        reject(new StartError(lastWords()));
      });
    });
  };
  const changed = () => {
    if (ready) onChange([...places.values()].map(({ worker }) => worker.process.pid as number));
  };
  const settle = async (copy: Copy) => {
    const before = places.get(copy.number);
    places.set(copy.number, copy);
    changed();
    void copy.ended.then(() => {
      if (stopping || places.get(copy.number) !== copy) return;
      places.delete(copy.number);
      changed();
      void replace(copy.number);
    });
    // Two may have been started for one place, when a copy died while it was being replaced.
    if (before) await retire(before);
  };
  const replace = async (number: number) => {
    while (!stopping) {
      try {
        return await settle(await start(number));
      } catch {
        await sleep(retryMs);
      }
    }
  };

  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await Promise.all(numbers.map(async (number) => settle(await start(number))));
  ready = true;
  changed();

  return {
    async restart() {
      for (const number of numbers) if (!stopping) await settle(await start(number));
    },
    async stop(limitMs) {
      stopping = true;
      const left = [...live];
      const ended = Promise.all(left.map((copy) => copy.ended));
      for (const { worker } of left) worker.process.kill('SIGTERM');
      await Promise.race([ended, sleep(limitMs, undefined, { ref: false })]);
      for (const { worker } of left) worker.process.kill('SIGKILL');
      await ended;
    },
  };
}

async function retire({ worker, ended }: Copy) {
  worker.process.kill('SIGTERM');
  const force = setTimeout(() => worker.process.kill('SIGKILL'), drainLimitMs);
  await ended;
  clearTimeout(force);
}
