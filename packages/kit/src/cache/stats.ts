import type { Redis } from 'ioredis';
import type { RedisClient } from '../redis/connect.ts';
import { mastersOf } from '../redis/connect.ts';
import { entryKeys } from './inspect.ts';

const mostCounted = 100_000;

/** How full each node is, and how many entries each source has. */
export async function stats(client: RedisClient): Promise<string[]> {
  const nodes = await Promise.all(mastersOf(client).map(ofNode));
  const { keys, complete } = await entryKeys(client, '', mostCounted);
  const counts = new Map<string, number>();
  for (const key of keys) {
    const kind = key.split(':', 2).join(':');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].sort().map(([kind, count]) => `${kind}: ${entries(count)}`);
  return [...nodes.sort(), ...kinds, `${complete ? '' : 'more than '}${entries(keys.length)} in all`];
}

async function ofNode(node: Redis): Promise<string> {
  const info = parseInfo(await node.info('everything'));
  const number = (name: string) => Number(info.get(name) ?? 0);
  const asked = number('keyspace_hits') + number('keyspace_misses');
  const most = number('maxmemory');
  return [
    `${node.options.host}:${node.options.port}`,
    `${bytes(number('used_memory'))}${most > 0 ? ` of ${bytes(most)}` : ', no limit'} (${info.get('maxmemory_policy')})`,
    `${asked > 0 ? Math.round((100 * number('keyspace_hits')) / asked) : 0} % of keys found`,
    `${number('evicted_keys')} evicted`,
  ].join('  ');
}

const parseInfo = (text: string) =>
  new Map(
    text.split('\r\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)]] : [];
    }),
  );

export const entries = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`;

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;
}

export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
