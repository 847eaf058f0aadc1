import { UserInputError } from '@customer360/kit/errors';

const largestPage = 200;

/** How many to return. @throws {UserInputError} */
export function checkFirst(first: number | null | undefined, fallback: number): number {
  const count = first ?? fallback;
  if (count >= 1 && count <= largestPage) return count;
  throw new UserInputError(`"first" must be from 1 to ${largestPage}.`, 'first');
}
