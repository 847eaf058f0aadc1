import { UserInputError } from '@customer360/kit/errors';

/** Text to search for; null when there is nothing to search. */
export function readSearch(search: string | null | undefined): string | null {
  const text = search?.trim() ?? '';
  if (text.length > 200) throw new UserInputError('search must not be longer than 200 characters.', 'search');
  return text === '' ? null : text;
}

export function printCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws {UserInputError} when the text is no cursor; what is in it is the caller's to judge */
export function readCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
}

export const badCursor = () => new UserInputError('after must be a cursor of an earlier page.', 'after');
