import DataLoader from 'dataloader';
import type { Cached, Reading } from './cache/cache.ts';
import { asLoadError } from './errors.ts';
import type { ReadLog } from './reads.ts';

export type Loader<Key, Value> = Pick<DataLoader<Key, Value, unknown>, 'load' | 'loadMany' | 'prime'>;

export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/**
 * Loads all keys of a tick in one call, for the length of one request. A failure is kept like a value: DataLoader
 * forgets a failed call, and each later field that needs the same record would ask a dead vendor again.
 */
export function createBatchLoader<Key, Value>(
  load: (keys: readonly Key[]) => Promise<(Value | Error)[]>,
  options: { cacheKeyFn?: (key: Key) => unknown } = {},
): Loader<Key, Value> {
  return new DataLoader<Key, Value, unknown>(
    async (keys) => {
      try {
        return await load(keys);
      } catch (error) {
        const failure = asLoadError(error);
        return keys.map(() => failure);
      }
    },
    { maxBatchSize: Number.POSITIVE_INFINITY, ...options },
  );
}

/** Reads all keys of a tick through the cache in one go; what is read counts for the request's answer. */
export function createCachedLoader<Key, Value>(
  cached: Cached<Key, Value>,
  reads: ReadLog,
  options: { cacheKeyFn?: (key: Key) => unknown } = {},
): Loader<Key, Reading<Value>> {
  return createBatchLoader(async (keys) => {
    const outcomes = await cached.read(keys);
    return keys.map((key, at) => {
      try {
        return reads.take(outcomes[at] as (typeof outcomes)[number], cached.tagsOf(key));
      } catch (failure) {
        return asLoadError(failure);
      }
    });
  }, options);
}

/** Rows for each key, in the order of the keys; rows that came twice are kept once, rows of other keys not at all. */
export function groupRows<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string | null | undefined,
  idOf: (row: Row) => string,
): Row[][] {
  const byKey = new Map<string, Map<string, Row>>(keys.map((key) => [key, new Map()]));
  for (const row of rows) {
    const key = keyOf(row);
    if (key != null) byKey.get(key)?.set(idOf(row), row);
  }
  return keys.map((key) => [...(byKey.get(key)?.values() ?? [])]);
}

/**
 * The first row of each key, in the order of the keys; null where there is none. A row belongs to the key that it
 * carries: the order, number and doubling of rows in the vendor's answer mean nothing.
 */
export function pickRows<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string | null | undefined,
): (Row | null)[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key != null && !byKey.has(key)) byKey.set(key, row);
  }
  return keys.map((key) => byKey.get(key) ?? null);
}
