import type { RedisClient } from '../redis/connect.ts';

/** The one stream of the product, so that one connection waits for all topics. */
export const streamKey = 'bus';

/** Messages that Redis keeps for those who are behind, roughly. */
export const streamLength = 10_000;

const scripts = {
  busAdd: {
    numberOfKeys: 1,
    lua: `
for i = 2, #ARGV, 4 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'topic', ARGV[i], 'from', ARGV[i + 1], 'number', ARGV[i + 2], 'message', ARGV[i + 3])
end
return redis.call('XLEN', KEYS[1])`,
  },
  busState: {
    numberOfKeys: 1,
    lua: `
local time = redis.call('TIME')
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return {time[1] * 1000 + math.floor(time[2] / 1000), redis.call('XLEN', KEYS[1]), first and first[1], last and last[1]}`,
  },
};

/** What Redis runs as one step. */
export interface BusScripts {
  /** Adds messages in order, each as topic, origin, number, text, and forgets the oldest above the length. */
  busAdd(key: string, maxLength: number, ...messages: (string | number)[]): Promise<number>;
  /** The server's milliseconds since 1970, the length, and the ids of the first and the last entry. */
  busState(key: string): Promise<[number, number, (string | null)?, (string | null)?]>;
}

export function withScripts<Client extends RedisClient>(client: Client): Client & BusScripts {
  for (const [name, script] of Object.entries(scripts)) client.defineCommand(name, script);
  return client as Client & BusScripts;
}
