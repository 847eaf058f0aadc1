import { UserInputError } from '@customer360/kit/errors';

const checks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Key prefixes that Salesforce gives to records of each type. */
export const prefixes = { account: '001', opportunity: '006', ticket: '500', user: '005' } as const;
export type IdType = keyof typeof prefixes;

function checkOf(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      let bits = 0;
      for (let place = 0; place < 5; place += 1) {
        if (/[A-Z]/.test(id15.charAt(start + place))) bits += 2 ** place;
      }
      return checks.charAt(bits);
    })
    .join('');
}

/**
 * The 18-character form of a record id given with 15 or 18 characters.
 *
 * @throws {UserInputError} when the text cannot be an id at all
 */
export function readId(text: string, argument: string): string {
  if (!/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(text)) {
    throw new UserInputError(`${argument} must be a Salesforce id of 15 or 18 letters and digits.`, argument);
  }
  return text.length === 18 ? text : text + checkOf(text);
}

/** Whether a record of this type can have the id; asking Salesforce for another would fail the whole query. */
export function isIdOf(type: IdType, id18: string): boolean {
  return id18.startsWith(prefixes[type]) && id18.slice(15).toUpperCase() === checkOf(id18.slice(0, 15));
}
