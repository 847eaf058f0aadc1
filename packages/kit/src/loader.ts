import DataLoader from 'dataloader';

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
  load: (keys: readonly Key[]) => Promise<Value[]>,
  options: { cacheKeyFn?: (key: Key) => unknown } = {},
): Loader<Key, Value> {
  return new DataLoader<Key, Value, unknown>(
    async (keys) => {
      try {
        return await load(keys);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error('a load failed', { cause: error });
        return keys.map(() => failure);
      }
    },
    { maxBatchSize: Number.POSITIVE_INFINITY, ...options },
  );
}

/**
 * Loads one row for each key. A row belongs to the key that it carries: the order, number and doubling of rows in the
 * vendor's answer mean nothing.
 */
export function createLoader<Row>(options: {
  load(keys: readonly string[]): Promise<readonly Row[]>;
  keyOf(row: Row): string | null | undefined;
}): Loader<string, Row | null> {
  return createBatchLoader(async (keys) => {
    const byKey = new Map<string, Row>();
    for (const row of await options.load(keys)) {
      const key = options.keyOf(row);
      if (key != null && !byKey.has(key)) byKey.set(key, row);
    }
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

/** As `createLoader`, for many rows a key; rows that came twice are kept once. */
export function createGroupLoader<Row>(options: {
  load(keys: readonly string[]): Promise<readonly Row[]>;
  keyOf(row: Row): string | null | undefined;
  idOf(row: Row): string;
}): Loader<string, Row[]> {
  return createBatchLoader(async (keys) => {
    const byKey = new Map<string, Map<string, Row>>(keys.map((key) => [key, new Map()]));
    for (const row of await options.load(keys)) {
      const key = options.keyOf(row);
      if (key != null) byKey.get(key)?.set(options.idOf(row), row);
    }
    return keys.map((key) => [...(byKey.get(key)?.values() ?? [])]);
  });
}
