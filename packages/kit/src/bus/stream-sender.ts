import { randomBytes } from 'node:crypto';
import type { Logger } from '../logger.ts';
import type { RedisClient } from '../redis/connect.ts';
import { createGate } from '../redis/gate.ts';
import { streamKey, streamLength, withScripts } from './redis-scripts.ts';

export interface StreamSender {
  /** Stands at every message of this sender. */
  origin: string;
  /** Sends a message after all earlier ones; while Redis is away it waits its turn in memory. */
  send(topic: string, message: string): Promise<void>;
  close(): void;
}

export interface SenderOptions {
  client: RedisClient;
  logger: Logger;
  /** Entries that the stream keeps, roughly. */
  maxLength: number;
  /** Messages that wait for Redis, at most. */
  maxWaiting: number;
}

interface Waiting {
  topic: string;
  number: number;
  message: string;
}

/** Stands for messages of a topic that could not be sent. No JSON text is empty. */
export const lost = '';

const batchSize = 100;

const newOrigin = () => randomBytes(9).toString('base64url');

/** Sends one message and is done. @throws when Redis does not take it */
export async function sendOnce(client: RedisClient, topic: string, message: unknown): Promise<void> {
  await withScripts(client).busAdd(streamKey, streamLength, topic, newOrigin(), 1, JSON.stringify(message));
}

export function createStreamSender({ client, logger, maxLength, maxWaiting }: SenderOptions): StreamSender {
  const redis = withScripts(client);
  const origin = newOrigin();
  let number = 0;
  let waiting: Waiting[] = [];
  let sending: Promise<void> | null = null;

  // What may have arrived is sent again under its number, which readers take once.
  const sendAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      const words = batch.flatMap((each) => [each.topic, origin, each.number, each.message]);
      await redis.busAdd(streamKey, maxLength, ...words);
      const sent = batch.at(-1)?.number ?? 0;
      waiting = waiting.filter((each) => each.number > sent);
    }
  };
  const flush = () => {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  };

  const gate = createGate({
    name: 'bus',
    logger,
    recover: async () => {
      await redis.xlen(streamKey);
      await flush();
    },
  });

  const queue = (topic: string, message: string) => waiting.push({ topic, number: ++number, message });

  return {
    origin,
    async send(topic, message) {
      queue(topic, message);
      if (waiting.length > maxWaiting) {
        const topics = new Set(waiting.map((each) => each.topic));
        waiting = [];
        for (const each of topics) queue(each, lost);
      }
      const sent = await gate.pass(() => flush().then(() => true), false);
      if (!sent) gate.shut();
    },
    close: gate.close,
  };
}
