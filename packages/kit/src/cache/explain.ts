import type { RedisClient } from '../redis/connect.ts';
import { entryKeys } from './inspect.ts';
import { generationKey } from './redis-scripts.ts';
import { readStored } from './redis-store.ts';
import { bytes, duration, entries } from './stats.ts';

const mostCounted = 1000;

/** Why an entry is given out or not; of a tag, its generation and what is kept under it. */
export async function explain(client: RedisClient, keyOrTag: string): Promise<string[]> {
  const text = await client.get(keyOrTag).catch(() => null);
  return text === null ? explainTag(client, keyOrTag) : explainEntry(client, keyOrTag, text);
}

async function explainEntry(client: RedisClient, key: string, text: string): Promise<string[]> {
  const stored = readStored(text);
  if (!stored) return [`${key} holds something that is no entry of the cache.`];
  const [leftMs, tags] = await Promise.all([client.pttl(key), compare(client, stored)]);
  const current = tags.every(({ isCurrent }) => isCurrent);
  return [
    `entry ${key}`,
    `loaded ${duration(Date.now() - stored.loadedAt)} ago, ${duration(leftMs)} left, ${bytes(Buffer.byteLength(text))}`,
    ...tags.map(({ tag, generation, now, isCurrent }) =>
      isCurrent
        ? `tag ${tag}: generation ${generation}, current`
        : `tag ${tag}: generation ${generation}, now ${now ?? 'none'}: dropped since`,
    ),
    current ? 'It is given out.' : 'It is void.',
  ];
}

async function explainTag(client: RedisClient, tag: string): Promise<string[]> {
  const [generation, leftMs, { keys, complete }] = await Promise.all([
    client.get(generationKey(tag)),
    client.pttl(generationKey(tag)),
    entryKeys(client, `${tag}:`, mostCounted),
  ]);
  if (generation === null && keys.length === 0) return [`Nothing is kept under ${tag}, as a key or as a tag.`];
  const current = await Promise.all(keys.map((key) => isGivenOut(client, key)));
  return [
    `tag ${tag}`,
    generation === null
      ? 'no generation: it was dropped and not read since'
      : `generation ${generation}, ${duration(leftMs)} left`,
    `${complete ? '' : 'more than '}${entries(keys.length)}, ${current.filter(Boolean).length} of them given out`,
  ];
}

async function isGivenOut(client: RedisClient, key: string): Promise<boolean> {
  const stored = readStored(await client.get(key));
  return stored !== null && (await compare(client, stored)).every(({ isCurrent }) => isCurrent);
}

/** The generations that an entry was kept under, beside those that its tags have now. */
async function compare(client: RedisClient, { tags, generation }: { tags: string[]; generation: string }) {
  const kept = generation.split(',');
  const now = await Promise.all(tags.map((tag) => client.get(generationKey(tag))));
  return tags.map((tag, index) => ({
    tag,
    generation: kept[index],
    now: now[index] ?? null,
    isCurrent: kept[index] === now[index],
  }));
}
