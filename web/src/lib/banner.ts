import { type System, systems } from './systems.ts';
import type { Trouble } from './troubles.ts';

/** The banner in the pieces around its age, which goes on while the rest stands. */
export interface BannerText {
  /** What the reader looks at, up to the age; all of it where there is none. */
  scope: string;
  /** The time that the age is counted from. */
  asOf: string | null;
  /** What follows the age. */
  tail: string;
  /** Why. */
  sentence: string;
}

/** One banner for all that is wrong, or null when nothing is. */
export function bannerText(troubles: readonly Trouble[], unreachable: boolean): BannerText | null {
  if (unreachable) {
    const scope = 'Figures on screen may be out of date.';
    return { scope, asOf: null, tail: '', sentence: 'Customer360 cannot be reached.' };
  }
  const [first] = troubles;
  if (!first) return null;
  const away = troubles.filter((trouble) => trouble.away);
  const sentence =
    away.length > 1
      ? [
          `${listed(away.map(({ system }) => systems[system].name))} are temporarily unavailable.`,
          ...troubles.filter((trouble) => !trouble.away).map((trouble) => trouble.sentence),
        ].join(' ')
      : troubles.map((trouble) => trouble.sentence).join(' ');
  const cached = troubles.filter(({ asOf }) => asOf !== null);
  const missing = troubles.filter(({ asOf }) => asOf === null);
  if (cached.length === 0)
    return { scope: `${upper(kinds(missing))} data is incomplete.`, asOf: null, tail: '', sentence };
  return {
    scope: `${upper(kinds(cached))} data is cached`,
    // As old as the oldest: nothing on screen is older than it says.
    asOf: cached.reduce((oldest, { asOf }) => earlier(oldest, asOf), cached[0]?.asOf ?? null),
    tail: missing.length > 0 ? `, ${kinds(missing)} data is incomplete.` : '.',
    sentence,
  };
}

const listed = (words: string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
const kinds = (troubles: readonly { system: System }[]) => listed(troubles.map(({ system }) => systems[system].data));
const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const earlier = (one: string | null, other: string | null) =>
  Date.parse(other ?? '') < Date.parse(one ?? '') ? other : one;
