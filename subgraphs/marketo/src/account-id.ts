import { UserInputError } from '@customer360/kit/errors';

const pattern = /^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/;
const checks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** @throws {UserInputError} when the text cannot be a Salesforce id */
export function checkAccountId(id: string, argument: string): string {
  if (pattern.test(id)) return id;
  throw new UserInputError('An account id has 15 or 18 letters and digits, as in 001Hs00000000AbIAK.', argument);
}

/** Marketo keeps the 18-character form; the shorter one lacks three letters that follow from it. Null if it is no id. */
export function toLongId(id: string): string | null {
  if (!pattern.test(id)) return null;
  if (id.length === 18) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((letter) => (letter >= 'A' && letter <= 'Z' ? 1 : 0));
    return checks[capitals.reduce((sum: number, bit, index) => sum + (bit << index), 0)];
  });
  return id + suffix.join('');
}
