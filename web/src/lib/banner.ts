import { type System, systemOrder, systems } from './systems.ts';

export interface BannerText {
  /** What is missing; left out where room is short. */
  scope: string;
  sentence: string;
}

const listed = (words: string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(words);

/** One sentence for all that is wrong, or null when nothing is. */
export function bannerText(failed: ReadonlyMap<System, string>, unreachable: boolean): BannerText | null {
  if (unreachable) {
    return { scope: 'Figures on screen may be out of date.', sentence: 'Customer360 cannot be reached.' };
  }
  const away = systemOrder.filter((system) => failed.has(system));
  const [only] = away;
  if (!only) return null;
  const kinds = listed(away.map((system) => systems[system].data));
  return {
    scope: `${kinds.charAt(0).toUpperCase()}${kinds.slice(1)} data is incomplete.`,
    sentence:
      away.length === 1
        ? (failed.get(only) ?? '')
        : `${listed(away.map((system) => systems[system].name))} are temporarily unavailable.`,
  };
}
