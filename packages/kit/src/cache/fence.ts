import { sourceOf } from './key.ts';
import type { CacheEntry, CacheKey, Tag } from './store.ts';

/** Keeps out what was loaded before a drop, from the moment it begins until the store has made sure of that itself. */
export interface Fence {
  /** Returns what takes the fence down again; where the store did not drop, it stands. */
  raise(tags: readonly Tag[]): () => void;
  refuses(key: CacheKey, entry: CacheEntry): boolean;
  clear(): void;
}

/** More than this, and everything of their sources is kept out instead. */
const most = 10_000;

/** @param clock milliseconds since 1970 */
export function createFence(clock: () => number): Fence {
  /** When each tag was last dropped. */
  let drops = new Map<Tag, { at: number }>();

  return {
    raise(tags) {
      const drop = { at: clock() };
      for (const tag of tags) drops.set(tag, drop);
      if (drops.size > most) drops = new Map([...drops.keys()].map((tag) => [sourceOf(tag), drop]));
      return () => {
        for (const tag of tags) if (drops.get(tag) === drop) drops.delete(tag);
      };
    },
    // What began in the same millisecond may have begun before.
    refuses: ({ tags }, { loadedAt }) => drops.size > 0 && tags.some((tag) => loadedAt <= (drops.get(tag)?.at ?? -1)),
    clear: () => drops.clear(),
  };
}
