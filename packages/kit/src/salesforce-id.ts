import { UserInputError } from './errors.ts';

/** Fifteen characters tell a record apart only by case; three more say which of them are capitals. */
const idPattern = /^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/;
const suffixLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a Salesforce id, which is how all systems carry it.
 *
 * @throws {UserInputError} when the text cannot be an id at all
 */
export function readSalesforceId(text: string, argument: string): string {
  const id = toId18(text);
  if (id !== null) return id;
  throw new UserInputError(`${argument} must be a Salesforce id of 15 or 18 letters and digits.`, argument);
}

/** The 18-character form of an id; null when the text cannot be one. */
export function toId18(text: string): string | null {
  if (!idPattern.test(text)) return null;
  if (text.length === 15) return text + suffixOf(text);
  // Salesforce takes the last three in either case; as a key they must have one.
  return text.slice(0, 15) + text.slice(15).toUpperCase();
}

/** Whether the last three of 18 characters follow from the fifteen before them, as in every id that Salesforce gives. */
export function hasRightSuffix(id18: string): boolean {
  return id18.slice(15) === suffixOf(id18.slice(0, 15));
}

function suffixOf(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = [...id15.slice(start, start + 5)].map((letter, place) => (/[A-Z]/.test(letter) ? 1 << place : 0));
      return suffixLetters.charAt(bits.reduce((sum, bit) => sum + bit, 0));
    })
    .join('');
}
