import type { FieldError } from '../execute/run.ts';
import type { Part } from './parts.ts';

/**
 * Hands out each error once: with the part whose field is missing for it, or, when that part is out already or there
 * is none, with the next.
 */
export function shareErrors(errors: readonly FieldError[], parts: readonly Part[]): (part: Part) => FieldError[] {
  const taken = new Set<FieldError>();
  const toCome = new Set(parts);
  return (part) => {
    toCome.delete(part);
    const mine = errors.filter((error) => {
      if (taken.has(error)) return false;
      const place = (error.path ?? []).filter((step) => typeof step === 'string').join('.');
      return shows(part, place) || ![...toCome].some((other) => shows(other, place));
    });
    for (const error of mine) taken.add(error);
    return mine;
  };
}

const shows = ({ leaves, objects }: Part, place: string) => leaves.has(place) || objects.has(place);
