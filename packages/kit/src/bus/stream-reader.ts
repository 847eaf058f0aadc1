import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { RedisClient } from '../redis/connect.ts';
import { streamKey, withScripts } from './redis-scripts.ts';

export interface StreamMessage {
  topic: string;
  from: string;
  number: number;
  /** JSON. */
  message: string;
}

export interface ReaderOptions {
  /** Does nothing else: it waits for news most of the time. */
  client: RedisClient;
  maxLength: number;
  blockMs: number;
  onMessage(message: StreamMessage): void;
  /** Messages may have been lost. */
  onGap(): void;
}

const batchSize = 500;
const retryMs = 100;

const fields = z.object({ topic: z.string(), from: z.string(), number: z.coerce.number(), message: z.string() });

/** Reads the stream from now on, and after every interruption from where it was. The function that is returned ends it. */
export function readStream({ client, maxLength, blockMs, onMessage, onGap }: ReaderOptions): () => void {
  const redis = withScripts(client);
  const startedAt = performance.now();
  let closed = false;
  let position: string | null = null;
  /** Whether the position is that of an entry, rather than of a moment. */
  let atEntry = false;

  /** Finds out where to begin, or whether anything is missing after what was read last. */
  const check = async () => {
    const [now, length, first, last] = await redis.busState(streamKey);
    if (position === null) {
      position = `${now - Math.ceil(performance.now() - startedAt)}-0`;
    }
    const gone = atEntry && (!last || isBefore(last, position));
    const trimmed = first && isBefore(position, first) && (atEntry || length >= maxLength);
    if (gone) position = '0-0';
    if (gone || trimmed) {
      atEntry = false;
      onGap();
    }
    return position;
  };

  const readOnce = async (after: string) => {
    const streams = await redis.xread('COUNT', batchSize, 'BLOCK', blockMs, 'STREAMS', streamKey, after);
    const entries = streams?.[0]?.[1] ?? [];
    for (const [id, words] of entries) {
      position = id;
      atEntry = true;
      const parsed = fields.safeParse(pairs(words));
      if (parsed.success && !closed) onMessage(parsed.data);
    }
    return entries.length;
  };

  const readOn = async () => {
    let sure = false;
    while (!closed) {
      try {
        const after = sure && position !== null ? position : await check();
        const count = await readOnce(after);
        // After silence the stream may have gone; behind a full batch it may have been cut.
        sure = count > 0 && count < batchSize;
      } catch {
        sure = false;
        if (!closed) await sleep(retryMs, undefined, { ref: false });
      }
    }
  };
  void readOn();

  return () => {
    closed = true;
    client.disconnect();
  };
}

const pairs = (words: readonly string[]) =>
  Object.fromEntries(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : [])));

function isBefore(one: string, other: string): boolean {
  const [oneMs = 0, oneNumber = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherNumber = 0] = other.split('-').map(Number);
  return oneMs < otherMs || (oneMs === otherMs && oneNumber < otherNumber);
}
