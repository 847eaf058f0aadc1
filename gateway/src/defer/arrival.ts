import type { Json, JsonObject } from '../execute/json.ts';
import { isObject, own } from '../execute/json.ts';
import type { Run } from '../execute/run.ts';
import type { ScheduledStep, Waiting } from './schedule.ts';

/** Steps under way. */
export interface Arrival {
  /** Settles when all is there that a part shows. */
  of(waiting: Waiting): Promise<void>;
  /** Starts nothing any more. */
  stop(): void;
}

/** Starts every step as soon as those before it are over. */
export function startSteps(steps: readonly ScheduledStep[], run: Run): Arrival {
  const over = new Set<number>();
  const ends: Promise<void>[] = [];
  let stopped = false;
  for (const [number, { step, after }] of steps.entries()) {
    const start = async () => {
      await Promise.all(after.map((earlier) => ends[earlier]));
      if (!stopped) await step(run);
      over.add(number);
    };
    const end = start();
    // Who waits for it hears of it; a step that nobody waits for must not bring the process down.
    end.catch(() => {});
    ends.push(end);
  }

  return {
    async of({ steps: own, objects }) {
      await Promise.all(own.map((number) => ends[number]));
      for (;;) {
        const open = objects.find(
          (object) => object.steps.some((number) => !over.has(number)) && isMissing(run, object.path),
        );
        if (!open) return;
        await Promise.race(open.steps.filter((number) => !over.has(number)).map((number) => ends[number]));
      }
    },
    stop() {
      stopped = true;
    },
  };
}

/** Whether something at a place is not there yet; what a subgraph declared absent never comes. */
function isMissing({ data, absent }: Run, path: readonly string[]): boolean {
  return !absent.has(path[0] as string) && lacks(data, path, 0);
}

function lacks(value: Json | undefined, path: readonly string[], index: number): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.some((item) => lacks(item, path, index));
  if (index === path.length || !isObject(value)) return false;
  return lacks(own(value as JsonObject, path[index] as string), path, index + 1);
}
