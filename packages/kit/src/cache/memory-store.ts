import { LRUCache } from 'lru-cache';
import { joinGenerations, newGeneration } from './generations.ts';
import type { CacheEntry, CacheKey, CacheStore, Tag } from './store.ts';

export interface MemoryStoreOptions {
  /** Bytes of keys, tags and values as JSON text; what they take in memory is a small multiple of it. */
  maxBytes: number;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

interface Kept {
  entry: CacheEntry;
  generation: string;
  keepUntil: number;
}

/** A cache store that is also emptied at once. */
export interface MemoryStore extends CacheStore {
  clear(): void;
}

/** What an entry costs beside its texts. */
const overheadBytes = 100;

/** Keeps entries in this process. What was used least lately goes first. */
export function createMemoryStore({ maxBytes, clock = () => performance.now() }: MemoryStoreOptions): MemoryStore {
  // Generations are short and stand for many entries each, so a quarter is plenty. One that is forgotten makes its
  // entries unreadable and nothing else.
  const generations = new LRUCache<Tag, string>({
    maxSize: Math.ceil(maxBytes / 4),
    sizeCalculation: (generation, tag) => tag.length + generation.length + overheadBytes,
  });
  const entries = new LRUCache<string, Kept>({ maxSize: Math.ceil((maxBytes * 3) / 4) });

  const generationOf = (tag: Tag) => {
    const known = generations.get(tag);
    if (known !== undefined) return known;
    const created = newGeneration();
    generations.set(tag, created);
    return created;
  };
  const currentOf = (key: CacheKey) => joinGenerations(key.tags.map(generationOf));

  const lookUp = (key: CacheKey, generation: string): CacheEntry | null => {
    const kept = entries.get(key.text);
    if (kept === undefined) return null;
    if (kept.generation === generation && clock() < kept.keepUntil) return kept.entry;
    entries.delete(key.text);
    return null;
  };

  return {
    read: async (keys) =>
      keys.map((key) => {
        const generation = currentOf(key);
        return { generation, entry: lookUp(key, generation) };
      }),

    write: async (writes) => {
      for (const { key, entry, generation, keepMs } of writes) {
        if (keepMs <= 0 || generation !== currentOf(key)) continue;
        const size = key.text.length + generation.length + jsonLength(entry.data) + overheadBytes;
        entries.set(key.text, { entry, generation, keepUntil: clock() + keepMs }, { size });
      }
    },

    drop: async (tags) => {
      for (const tag of tags) generations.delete(tag);
    },

    clear: () => {
      generations.clear();
      entries.clear();
    },

    close: async () => {
      generations.clear();
      entries.clear();
    },
  };
}

const jsonLength = (data: unknown) => JSON.stringify(data)?.length ?? 0;
