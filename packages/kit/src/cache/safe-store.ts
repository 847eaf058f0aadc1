import { freeze } from './freeze.ts';
import type { CacheEntry, CacheKey, CacheStore, CacheWrite, Found, Tag } from './store.ts';

/** A store that cannot hurt those who read. */
export interface SafeStore {
  /** As many as there are keys. */
  read(keys: readonly CacheKey[], isEnough?: (entry: CacheEntry, index: number) => boolean): Promise<Found[]>;
  write(writes: readonly CacheWrite[]): Promise<void>;
  /** Whether the store has dropped them. */
  drop(tags: readonly Tag[]): Promise<boolean>;
}

/** Where a store did not say. Nothing is kept under it. */
const unknown = '';

/** What a store throws is as if it had nothing, and nobody can change what it gives. */
export function createSafeStore(store: Pick<CacheStore, 'read' | 'write' | 'drop'>): SafeStore {
  return {
    async read(keys, isEnough) {
      const found = (await orElse(() => store.read(keys, isEnough), null)) ?? [];
      return keys.map((_, at) => {
        const { generation = unknown, entry = null } = found[at] ?? {};
        if (entry) freeze(entry.data);
        return { generation, entry };
      });
    },
    async write(writes) {
      const known = writes.filter(({ generation }) => generation !== unknown);
      if (known.length > 0) await orElse(() => store.write(known), undefined);
    },
    drop: (tags) => orElse(() => store.drop(tags).then(() => true), false),
  };
}

async function orElse<Value>(ask: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}
