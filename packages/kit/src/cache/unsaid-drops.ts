import { sourceOf } from './key.ts';
import type { Tag } from './store.ts';

/** Tags that Redis has to be told to drop before anything is read from it again. */
export interface UnsaidDrops {
  remember(tags: readonly Tag[]): void;
  said(tags: readonly Tag[]): void;
  any(): boolean;
  /** What to say when Redis comes back: it may be a copy that has not heard of the last ones. */
  toSay(): Tag[];
}

export interface UnsaidDropsOptions {
  /** More than this, and everything of their sources is dropped instead. @default 10_000 */
  max?: number;
  /** How long what was said is said again. @default one minute */
  repeatMs?: number;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

export function createUnsaidDrops({
  max = 10_000,
  repeatMs = 60_000,
  clock = () => performance.now(),
}: UnsaidDropsOptions = {}): UnsaidDrops {
  let unsaid = new Set<Tag>();
  /** When each was said, the oldest first. */
  const recent = new Map<Tag, number>();

  const trim = () => {
    const since = clock() - repeatMs;
    for (const [tag, saidAt] of recent) {
      if (saidAt >= since && recent.size <= max) return;
      recent.delete(tag);
    }
  };

  return {
    remember: (tags) => {
      for (const tag of tags) unsaid.add(tag);
      if (unsaid.size > max) unsaid = new Set([...unsaid].map(sourceOf));
    },
    said: (tags) => {
      for (const tag of tags) {
        unsaid.delete(tag);
        recent.delete(tag);
        recent.set(tag, clock());
      }
      trim();
    },
    any: () => unsaid.size > 0,
    toSay: () => {
      trim();
      return [...new Set([...unsaid, ...recent.keys()])];
    },
  };
}
