import { z } from 'zod';
import type { Logger } from '../logger.ts';
import type { RedisClient } from '../redis/connect.ts';
import { mastersOf } from '../redis/connect.ts';
import { answers, createGate } from '../redis/gate.ts';
import { joinGenerations, newGeneration } from './generations.ts';
import { generationKey, withScripts } from './redis-scripts.ts';
import type { CacheKey, CacheStore, CacheWrite, Found, Tag } from './store.ts';
import { createUnsaidDrops } from './unsaid-drops.ts';

/** What Redis also knows. */
export interface FoundInRedis extends Found {
  /** How long the entry is still kept; 0 without one. */
  keepMs: number;
}

export interface RedisStore extends CacheStore {
  read(keys: readonly CacheKey[]): Promise<FoundInRedis[]>;
  /** Whether Redis is used at the moment. */
  isOpen(): boolean;
}

/** A value as it stands in Redis. */
const storedEntry = z.object({
  generation: z.string(),
  tags: z.array(z.string()),
  loadedAt: z.number(),
  data: z.unknown(),
});

/** Longer than anything is kept by default; one that ends early makes its entries unreadable and nothing else. */
const generationMs = 48 * 3_600_000;

/** Of no tag, so that dropping it does nothing but show that Redis takes commands. */
const probeKey = 'generation:';

/**
 * Keeps entries in Redis, for all processes. The client is closed with the store.
 *
 * A tag has a generation, which every entry repeats; dropping the tag deletes it, and whoever reads next makes another.
 * So an eviction can only lose entries, never bring one back, and a drop needs no memory even when Redis is full.
 *
 * @param longestMs how long a call may take, 100 by default
 */
export function createRedisStore(client: RedisClient, logger: Logger, longestMs?: number): RedisStore {
  const redis = withScripts(client);
  const drops = createUnsaidDrops();

  const forget = async (tags: readonly Tag[]) => {
    await Promise.all(tags.map((tag) => redis.del(generationKey(tag))));
  };

  const gate = createGate({
    name: 'cache',
    logger,
    longestMs,
    recover: async () => {
      const tags = drops.toSay();
      await forget(tags);
      drops.said(tags);
      await Promise.all([redis.del(probeKey), ...mastersOf(redis).map((master) => master.ping())]);
    },
  });

  const generationOf = (tag: Tag) => redis.cacheGeneration(generationKey(tag), newGeneration(), generationMs);

  const ask = async (keys: readonly CacheKey[]): Promise<FoundInRedis[]> => {
    // Commands of one turn go out together, each to its node, and each follows its key when that has moved.
    const shared = [...new Set(keys.flatMap(({ tags }) => tags.slice(1)))];
    const [values, generations] = await Promise.all([
      answers(
        keys.map(({ text, tags }) =>
          redis.cacheRead(text, generationKey(tags[0] ?? text), newGeneration(), generationMs),
        ),
      ),
      answers(shared.map(generationOf)),
    ]);
    const generationByTag = new Map(shared.map((tag, index) => [tag, generations[index] ?? null]));
    return keys.map(({ tags }, index) => {
      const [text, keepMs, own] = values[index] ?? [null, 0, null];
      const all = [own, ...tags.slice(1).map((tag) => generationByTag.get(tag) ?? null)];
      return understand(text, keepMs, all);
    });
  };

  const say = async (writes: readonly CacheWrite[]) => {
    const shared = new Set(writes.flatMap(({ key }) => key.tags.slice(1)));
    await answers<unknown>([
      ...writes.map(({ key, entry, generation, keepMs }) => {
        const text = JSON.stringify({ generation, tags: key.tags, ...entry });
        const own = generation.split(',', 1)[0] ?? '';
        const outliveMs = Math.max(generationMs, 2 * Math.floor(keepMs));
        return redis.cacheWrite(
          key.text,
          generationKey(key.tags[0] ?? key.text),
          own,
          text,
          Math.floor(keepMs),
          outliveMs,
        );
      }),
      ...[...shared].map((tag) => redis.pexpire(generationKey(tag), generationMs, 'GT')),
    ]);
  };

  return {
    async read(keys) {
      if (keys.length === 0) return [];
      if (drops.any()) gate.shut();
      return (await gate.pass(() => ask(keys), null)) ?? keys.map(nothing);
    },

    async write(writes) {
      const lasting = writes.filter(({ keepMs, generation }) => keepMs >= 1 && generation !== unknownGeneration);
      if (lasting.length > 0) await gate.pass(() => say(lasting), undefined);
    },

    async drop(tags) {
      const said = await gate.pass(() => forget(tags).then(() => true), false);
      if (said) return drops.said(tags);
      drops.remember(tags);
      gate.shut();
    },

    isOpen: gate.isOpen,

    async close() {
      gate.close();
      client.disconnect();
    },
  };
}

/** Stands where Redis could not be asked. No tag ever has it, so what is loaded under it is not kept there. */
export const unknownGeneration = 'unknown';

const nothing = (): FoundInRedis => ({ generation: unknownGeneration, entry: null, keepMs: 0 });

function understand(text: string | null, keepMs: number, generations: readonly (string | null)[]): FoundInRedis {
  const known = generations.filter((generation) => generation !== null);
  if (known.length < generations.length) return nothing();
  const generation = joinGenerations(known);
  // Most values of an older generation are told without reading them to their end.
  if (text === null || !text.startsWith(`{"generation":"${generation}"`)) return { generation, entry: null, keepMs: 0 };
  const stored = readStored(text);
  if (!stored) return { generation, entry: null, keepMs: 0 };
  return { generation, entry: { data: stored.data, loadedAt: stored.loadedAt }, keepMs };
}

/** Null for anything that this cache did not write. */
export function readStored(text: string | null): z.output<typeof storedEntry> | null {
  try {
    return storedEntry.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}
