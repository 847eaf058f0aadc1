import type { RedisClient } from '../redis/connect.ts';
import { mastersOf } from '../redis/connect.ts';
import { generationKey } from './redis-scripts.ts';

export interface FoundKeys {
  keys: string[];
  /** Whether these are all. */
  complete: boolean;
}

/** The keys of entries that begin so, on all nodes, without holding up anybody; at most `most`. */
export async function entryKeys(client: RedisClient, prefix: string, most: number): Promise<FoundKeys> {
  const pattern = `${prefix.replace(/[\\*?[\]]/g, '\\$&')}*`;
  const found = new Set<string>();
  for (const master of mastersOf(client)) {
    let cursor = '0';
    do {
      const [next, keys] = await master.scan(cursor, 'MATCH', pattern, 'COUNT', 500, 'TYPE', 'string');
      for (const key of keys) if (!key.startsWith(generationKey(''))) found.add(key);
      cursor = next;
      if (found.size > most) return { keys: [...found].slice(0, most), complete: false };
    } while (cursor !== '0');
  }
  return { keys: [...found], complete: true };
}
