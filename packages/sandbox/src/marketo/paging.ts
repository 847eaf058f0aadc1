import { Refusal } from './answers.ts';
import type { Parameters } from './parameters.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An opaque page token in Marketo's spelling: upper-case base32 with padding. */
export function encodeToken(parts: readonly (string | number)[]): string {
  let bits = '';
  for (const byte of Buffer.from(parts.join('|'))) bits += byte.toString(2).padStart(8, '0');
  const letters = (bits.match(/.{1,5}/g) ?? []).map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]);
  return letters.join('').padEnd(Math.ceil(letters.length / 8) * 8, '=');
}

/** @throws Refusal when the text is no token that `encodeToken` made, with so many parts where their number is told. */
export function decodeToken(token: string, length?: number): string[] {
  const letters = token.replace(/=+$/, '');
  const bits = [...letters].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/[01]{8}/g) ?? []).map((group) => Number.parseInt(group, 2));
  const parts = Buffer.from(bytes).toString('utf8').split('|');
  if (!/^[A-Z2-7]+$/.test(letters) || (length !== undefined && parts.length !== length)) {
    throw new Refusal('1003', 'Invalid value for nextPageToken');
  }
  return parts;
}

/** One page of rows that were read with one more than fits, and the token of the next page when there is one. */
export function page<Row extends { cursor: number }>(rows: Row[], size: number): { rows: Row[]; next?: string } {
  if (rows.length <= size) return { rows };
  const shown = rows.slice(0, size);
  return { rows: shown, next: encodeToken(['after', shown.at(-1)?.cursor ?? 0]) };
}

/** Where the page begins: after which cursor value. */
export function readCursor(token: string | undefined): number {
  if (token === undefined) return -1;
  const [kind, cursor] = decodeToken(token, 2);
  if (kind !== 'after' || !/^\d+$/.test(cursor ?? '')) throw new Refusal('1003', 'Invalid value for nextPageToken');
  return Number(cursor);
}

const maxPage = 300;

/** How many rows a page of the people database holds. */
export function pageSize(parameters: Parameters): number {
  return parameters.integer('batchSize', { fallback: maxPage, min: 1, max: maxPage });
}

/** Which part of the assets is asked for; assets know no tokens. */
export function readOffset(parameters: Parameters): { maxReturn: number; offset: number } {
  return {
    maxReturn: parameters.integer('maxReturn', { fallback: 20, min: 1, max: 200 }),
    offset: parameters.integer('offset', { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER }),
  };
}

/** When the assets asked for were updated. They have a code of their own for a date that is none. */
export function readUpdated(parameters: Parameters): [string, string] {
  try {
    return [parameters.date('earliestUpdatedAt') ?? '', parameters.date('latestUpdatedAt') ?? '9999'];
  } catch {
    throw new Refusal('704', 'Invalid date format');
  }
}
