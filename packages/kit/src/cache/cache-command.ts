import { once } from 'node:events';
import { sendOnce } from '../bus/stream-sender.ts';
import { ConfigError } from '../config.ts';
import type { RedisClient } from '../redis/connect.ts';
import { connectRedis } from '../redis/connect.ts';
import type { CacheSettings } from '../settings.ts';
import { dropTopic } from './dropped.ts';
import { explain } from './explain.ts';
import { entryKeys } from './inspect.ts';
import { tagsDroppedWith } from './key.ts';
import { generationKey } from './redis-scripts.ts';
import { bytes, duration, stats } from './stats.ts';

const usage = `npm run cache -- stats               how much is kept, and where
npm run cache -- list [prefix]       entries, with the time that is left and their size
npm run cache -- explain <key|tag>   why an entry is given out or not, or what a tag holds
npm run cache -- drop <tag...>       makes void everything that has one of the tags, in all processes`;

const mostListed = 500;

/**
 * Runs one command of `npm run cache` and gives what it says.
 *
 * @throws {ConfigError} with a sentence for the person who typed it
 */
export async function runCacheCommand(words: readonly string[], { redis }: CacheSettings): Promise<string[]> {
  const [command, ...rest] = words;
  const run = commands.get(command ?? '');
  if (!run) throw new ConfigError(usage);
  if (!redis) {
    throw new ConfigError(
      'Without REDIS_URL the cache is in the memory of each process, and only that process sees it.',
    );
  }
  const client = connectRedis(redis);
  try {
    await ready(client);
    return await run(client, rest);
  } finally {
    client.disconnect();
  }
}

async function explainWord(client: RedisClient, [what]: readonly string[]): Promise<string[]> {
  if (what === undefined) throw new ConfigError('Say which key or tag is to be explained.');
  return explain(client, what);
}

async function drop(client: RedisClient, tags: readonly string[]): Promise<string[]> {
  if (tags.length === 0) throw new ConfigError('Say which tags are to be dropped.');
  const dropped = tagsDroppedWith(tags);
  const known = new Set<string>();
  await Promise.all(dropped.map(async (tag) => (await client.del(generationKey(tag))) === 1 && known.add(tag)));
  await sendOnce(client, dropTopic, dropped);
  return dropped.map((tag) => `${tag}: ${known.has(tag) ? 'dropped' : 'nothing was kept, dropped all the same'}`);
}

async function list(client: RedisClient, [prefix = '']: readonly string[]): Promise<string[]> {
  const { keys, complete } = await entryKeys(client, prefix, mostListed);
  if (keys.length === 0) return ['Nothing is kept.'];
  const lines = await Promise.all(
    keys.sort().map(async (key) => {
      const [leftMs, size] = await Promise.all([client.pttl(key), client.strlen(key)]);
      return `${key}  ${duration(leftMs)} left  ${bytes(size)}`;
    }),
  );
  return complete ? lines : [...lines, `There are more than these ${mostListed}; a longer prefix shows others.`];
}

const commands = new Map<string, (client: RedisClient, words: readonly string[]) => Promise<string[]>>([
  ['stats', stats],
  ['list', list],
  ['explain', explainWord],
  ['drop', drop],
]);

async function ready(client: RedisClient) {
  if (client.status === 'ready') return;
  try {
    await once(client, 'ready', { signal: AbortSignal.timeout(3000) });
  } catch {
    throw new ConfigError('Redis does not answer at REDIS_URL.');
  }
}
