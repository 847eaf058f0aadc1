import DataLoader from 'dataloader';

export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/**
 * Loads one row for each key, all keys of a tick in one call. A row belongs to the key that it carries: the order,
 * number and doubling of rows in the vendor's answer mean nothing.
 */
export function createLoader<Row>(options: {
  load(keys: readonly string[]): Promise<readonly Row[]>;
  keyOf(row: Row): string | null | undefined;
}): DataLoader<string, Row | null> {
  return new DataLoader(
    async (keys) => {
      const byKey = new Map<string, Row>();
      for (const row of await options.load(keys)) {
        const key = options.keyOf(row);
        if (key != null && !byKey.has(key)) byKey.set(key, row);
      }
      return keys.map((key) => byKey.get(key) ?? null);
    },
    { maxBatchSize: Number.POSITIVE_INFINITY },
  );
}

/** As `createLoader`, for many rows a key; rows that came twice are kept once. */
export function createGroupLoader<Row>(options: {
  load(keys: readonly string[]): Promise<readonly Row[]>;
  keyOf(row: Row): string | null | undefined;
  idOf(row: Row): string;
}): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const byKey = new Map<string, Map<string, Row>>(keys.map((key) => [key, new Map()]));
      for (const row of await options.load(keys)) {
        const key = options.keyOf(row);
        if (key != null) byKey.get(key)?.set(options.idOf(row), row);
      }
      return keys.map((key) => [...(byKey.get(key)?.values() ?? [])]);
    },
    { maxBatchSize: Number.POSITIVE_INFINITY },
  );
}
