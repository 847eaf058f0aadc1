import { LRUCache } from 'lru-cache';
import type { Logger } from '../logger.ts';
import type { RedisSettings } from '../redis/connect.ts';
import { connectRedis } from '../redis/connect.ts';
import type { Bus } from './bus.ts';
import { createListeners } from './listeners.ts';
import { streamLength } from './redis-scripts.ts';
import { readStream } from './stream-reader.ts';
import { createStreamSender, lost } from './stream-sender.ts';

export interface RedisBusOptions {
  /** Messages that Redis keeps for those who are behind, roughly. @default 10_000 */
  maxLength?: number;
  /** Messages that wait while Redis is away; with more, subscribers elsewhere hear of a gap instead. @default 1000 */
  maxWaiting?: number;
  /** How long one request for news waits, in milliseconds. @default 1000 */
  blockMs?: number;
}

/** A bus through a Redis stream, which keeps what is sent while a process reconnects. Own messages are heard at once. */
export function createRedisBus(
  settings: RedisSettings,
  logger: Logger,
  { maxLength = streamLength, maxWaiting = 1000, blockMs = 1000 }: RedisBusOptions = {},
): Bus {
  const listeners = createListeners(logger);
  const client = connectRedis(settings);
  const sender = createStreamSender({ client, logger, maxLength, maxWaiting });
  /** The last number of each process that was heard. */
  const heard = new LRUCache<string, number>({ max: 1000 });

  const stopReading = readStream({
    client: connectRedis(settings, blockMs),
    maxLength,
    blockMs,
    onGap: () => listeners.tellGap(),
    onMessage: ({ topic, from, number, message }) => {
      if (from === sender.origin || number <= (heard.get(from) ?? 0)) return;
      heard.set(from, number);
      if (message === lost) listeners.tellGap(topic);
      else tell(topic, message);
    },
  });

  const tell = (topic: string, text: string) => {
    try {
      listeners.tell(topic, JSON.parse(text));
    } catch {
      listeners.tellGap(topic);
    }
  };

  return {
    async publish(topic, message) {
      listeners.tell(topic, message);
      const text = asJson(message);
      if (text === null) logger.error({ topic }, 'A message of the bus is no JSON value and stays in this process');
      else await sender.send(topic, text);
    },
    subscribe: listeners.subscribe,
    async close() {
      listeners.clear();
      sender.close();
      stopReading();
      client.disconnect();
    },
  };
}

function asJson(message: unknown): string | null {
  try {
    return JSON.stringify(message) ?? null;
  } catch {
    return null;
  }
}
