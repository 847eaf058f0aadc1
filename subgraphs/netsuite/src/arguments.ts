import { UserInputError } from '@customer360/kit/errors';

const accountIdPattern = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;
const internalIdPattern = /^\d{1,12}$/;
const suffixLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
export const maxPage = 200;

/**
 * The 18-character form of a Salesforce account id, which is how the ERP carries it.
 *
 * @throws {UserInputError} when the text is no Salesforce id
 */
export function readAccountId(text: string, argument = 'accountId'): string {
  if (!accountIdPattern.test(text)) {
    throw new UserInputError('An account id has 15 or 18 letters and digits.', argument);
  }
  return text.length === 18 ? text : text + caseSuffix(text);
}

/** @throws {UserInputError} when the text is no NetSuite internal id */
export function readInternalId(text: string): string {
  if (!internalIdPattern.test(text)) {
    throw new UserInputError('A NetSuite internal id has 1 to 12 digits.', 'internalId');
  }
  return text;
}

/** @throws {UserInputError} when the number is outside 1 to 200 */
export function readFirst(first: number | null | undefined, fallback: number): number {
  const count = first ?? fallback;
  if (count < 1 || count > maxPage) {
    throw new UserInputError(`first must be between 1 and ${maxPage}.`, 'first');
  }
  return count;
}

/** Three letters that say which of the fifteen are capitals, five at a time. */
function caseSuffix(id: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = [...id.slice(start, start + 5)].map((char, index) => (/[A-Z]/.test(char) ? 1 << index : 0));
      return suffixLetters[bits.reduce((sum, bit) => sum + bit, 0)];
    })
    .join('');
}

/** @throws {UserInputError} when there are more than 200, or one is no Salesforce id */
export function readAccountIds(texts: readonly string[], argument: string): string[] {
  if (texts.length > maxPage) throw new UserInputError(`At most ${maxPage} ids can be asked for at once.`, argument);
  return texts.map((text) => readAccountId(text, argument));
}
