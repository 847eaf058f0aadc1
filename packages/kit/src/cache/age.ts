import type { CacheKind } from './key.ts';
import type { CacheEntry, CacheKey } from './store.ts';

/** How long data of one system may be given out. */
export interface Ages {
  /** How long an entry is as good as new, in milliseconds. */
  freshForMs: number;
  /** The same for single entity types. */
  freshForMsOf: Readonly<Record<string, number>>;
  /** How long an entry may be given out at all, marked as old, in milliseconds. */
  keptForMs: number;
  /** For how much of its fresh time, once that is over, nobody waits for an entry's refresh. */
  staleWhileRevalidate: number;
}

/** What an entry is good for at one moment. */
export interface Judgement {
  /** May be given out. */
  usable: boolean;
  /** Need not be loaded again. */
  fresh: boolean;
  /** Must be marked as old: past all of its fresh time. */
  old: boolean;
  /** Nobody waits for its refresh. */
  waitFree: boolean;
  /** Will do while the system has to be spared. */
  sparing: boolean;
  /** Until when it is fresh; milliseconds since 1970. */
  freshUntil: number;
  /** How long it may still be given out, in milliseconds. */
  leftMs: number;
}

/** Judges entries by their age alone. */
export interface Judge {
  /** An entry that a store had, or that is to be kept there. */
  kept(kind: CacheKind, key: CacheKey, entry: CacheEntry, now: number): Judgement;
  /** What a reader waited for; `joined` says that its load had begun before he asked. */
  awaited(kind: CacheKind, key: CacheKey, entry: CacheEntry, now: number, joined: boolean): Judgement;
  freshForMs(kind: CacheKind): number;
}

/** While a system has to be spared, entries do for so many times as long as they are fresh. */
const sparedLives = 10;

/** No longer: what does not exist now may be created any moment. */
export const missingMs = 5000;
/** Entries that seem to be from the future were written by a clock that is wrong, or ours is. */
const clockToleranceMs = 1000;
/**
 * What a reader waited for may be given out for so long even where nothing is kept, and is as new as it gets if the
 * load began for him.
 */
export const answerMs = 10_000;

export function createJudge(ages: Ages): Judge {
  const freshForMs = (kind: CacheKind) => kind.freshForMs ?? ages.freshForMsOf[kind.entityType] ?? ages.freshForMs;

  function judge(life: number, ceiling: number, key: CacheKey, { loadedAt }: CacheEntry, now: number): Judgement {
    const age = now - loadedAt;
    const freshMs = life * shareOf(key, loadedAt);
    return {
      // Of an age that is no number, nothing is true.
      usable: age >= -clockToleranceMs && age < ceiling,
      fresh: age < freshMs,
      old: !(age < life),
      waitFree: age < freshMs + life * ages.staleWhileRevalidate,
      sparing: age < freshMs + life * sparedLives,
      freshUntil: loadedAt + freshMs,
      leftMs: ceiling - Math.max(0, age),
    };
  }

  const kept: Judge['kept'] = (kind, key, entry, now) => {
    const longest = isMissing(kind, entry.data) ? missingMs : Number.POSITIVE_INFINITY;
    return judge(Math.min(longest, freshForMs(kind)), Math.min(longest, ages.keptForMs), key, entry, now);
  };
  return {
    freshForMs,
    kept,
    awaited(kind, key, entry, now, joined) {
      const life = joined ? freshForMs(kind) : Math.max(answerMs, freshForMs(kind));
      const judgement = judge(life, Math.max(answerMs, ages.keptForMs), key, entry, now);
      return { ...judgement, freshUntil: kept(kind, key, entry, now).freshUntil };
    },
  };
}

const isMissing = (kind: CacheKind, value: unknown) => kind.isMissing?.(value) ?? value === null;

/** Entries that were loaded together do not all end together: each is fresh for 80 to 100 % of its time. */
function shareOf({ text }: CacheKey, loadedAt: number): number {
  let hash = loadedAt % 4_294_967_291;
  for (let at = text.indexOf('{'); at < text.length && text[at] !== '}'; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  return 0.8 + 0.2 * ((hash >>> 0) / 4_294_967_296);
}
