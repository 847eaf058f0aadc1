import type { RedisClient } from '../redis/connect.ts';
import type { Tag } from './store.ts';

/** In the slot of its tag: for the tag of an entity, that of the entity's entries. */
export const generationKey = (tag: Tag) => `generation:${tag}`;

/** Creates a generation that is missing; a Redis that is full may not, one that became a replica must not be read. */
const ensure = (key: string) => `
local made = redis.pcall('SET', ${key}, ARGV[1], 'PX', ARGV[2], 'NX')
if type(made) == 'table' and made.err and not string.find(made.err, 'OOM') then return made end
`;

const scripts = {
  cacheRead: {
    numberOfKeys: 2,
    lua: `${ensure('KEYS[2]')} return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1]), redis.call('GET', KEYS[2])}`,
  },
  cacheGeneration: {
    numberOfKeys: 1,
    lua: `${ensure('KEYS[1]')} return redis.call('GET', KEYS[1])`,
  },
  cacheWrite: {
    numberOfKeys: 2,
    lua: `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4], 'GT')
return 1`,
  },
};

/** What Redis runs as one step. */
export interface CacheScripts {
  /** The value, the milliseconds that it is still kept, and the generation of its first tag. */
  cacheRead(
    key: string,
    generationKey: string,
    newGeneration: string,
    generationMs: number,
  ): Promise<[string | null, number, string | null]>;
  /** Null when there is none and none can be made. */
  cacheGeneration(generationKey: string, newGeneration: string, generationMs: number): Promise<string | null>;
  /** 1 when it was kept, 0 when the generation is another one. */
  cacheWrite(
    key: string,
    generationKey: string,
    generation: string,
    text: string,
    keepMs: number,
    generationMs: number,
  ): Promise<number>;
}

export function withScripts<Client extends RedisClient>(client: Client): Client & CacheScripts {
  for (const [name, script] of Object.entries(scripts)) client.defineCommand(name, script);
  return client as Client & CacheScripts;
}
