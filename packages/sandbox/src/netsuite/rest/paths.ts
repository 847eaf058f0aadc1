import type { Reference } from '../writing/drafts.ts';

export const recordPath = '/services/rest/record/v1/';
export const asyncPath = '/services/rest/async/v1/job';

/** A record is named by its id, by `eid:` and its external id, or as one client writes it, `eid:externalId=`. */
export function keyOf(part: string): Reference {
  const prefix = /^eid:(?:externalId=)?/i.exec(part)?.[0];
  return prefix === undefined ? { id: part } : { externalId: part.slice(prefix.length) };
}
