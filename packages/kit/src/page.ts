import { UserInputError } from './errors.ts';

/**
 * How many rows a list shall have: what was asked for, or the default.
 *
 * @throws {UserInputError} unless that is from 1 to `max`
 */
export function readFirst(first: number | null | undefined, fallback: number, max = 200): number {
  const count = first ?? fallback;
  if (count >= 1 && count <= max) return count;
  throw new UserInputError(`first must be from 1 to ${max}.`, 'first');
}
