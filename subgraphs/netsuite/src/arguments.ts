import { UserInputError } from '@customer360/kit/errors';
import { readSalesforceId } from '@customer360/kit/salesforce-id';

const internalIdPattern = /^\d{1,12}$/;
const maxIds = 200;

/** @throws {UserInputError} when the text is no NetSuite internal id */
export function readInternalId(text: string): string {
  if (!internalIdPattern.test(text)) {
    throw new UserInputError('A NetSuite internal id has 1 to 12 digits.', 'internalId');
  }
  return text;
}

/** @throws {UserInputError} when there are more than 200, or one is no Salesforce id */
export function readAccountIds(texts: readonly string[], argument: string): string[] {
  if (texts.length > maxIds) throw new UserInputError(`At most ${maxIds} ids can be asked for at once.`, argument);
  return texts.map((text) => readSalesforceId(text, argument));
}
