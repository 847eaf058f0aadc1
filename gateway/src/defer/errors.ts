import type { FieldError } from '../execute/run.ts';
import type { Part } from './parts.ts';

/** Hands out each error once. */
export interface ErrorShare {
  /** The errors of a part that goes out now: its own, and those of no part that is still to come. */
  take(part: Part): FieldError[];
  /** Counts the objects for which a part is waited for. */
  wait(part: Part, objects: number): void;
}

export function shareErrors(errors: readonly FieldError[], parts: readonly Part[]): ErrorShare {
  const taken = new Set<FieldError>();
  const waiting = new Map<Part, number>();
  /** A part that nobody waits for, nor for one around it, stood below what has turned out to be null, or is out. */
  const isToCome = (part: Part): boolean => (waiting.get(part) ?? 0) > 0 || [...part.within].some(isToCome);

  return {
    take(part) {
      const toCome = parts.filter(isToCome);
      const mine = errors.filter((error) => {
        if (taken.has(error)) return false;
        const place = (error.path ?? []).filter((step) => typeof step === 'string').join('.');
        return shows(part, place) || !toCome.some((other) => shows(other, place));
      });
      for (const error of mine) taken.add(error);
      return mine;
    },
    wait(part, objects) {
      waiting.set(part, (waiting.get(part) ?? 0) + objects);
    },
  };
}

const shows = ({ leaves, objects }: Part, place: string) => leaves.has(place) || objects.has(place);
