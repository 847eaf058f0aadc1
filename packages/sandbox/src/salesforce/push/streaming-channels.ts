import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { VendorReply } from '../../vendor/reply.ts';
import { badInput, ok } from '../rest/request.ts';
import type { Bus } from './bus.ts';

/** Channels on which clients tell one another what they like. */
export interface StreamingChannels {
  has(name: string): boolean;
  /** `POST sobjects/StreamingChannel/{id}/push`; undefined when there is no such channel. */
  push(id: string, body: unknown): VendorReply | undefined;
}

const pushSchema = z.object({
  pushEvents: z.array(z.object({ payload: z.unknown(), userIds: z.array(z.string()).nullish() })),
});

export function createStreamingChannels(db: DatabaseSync, bus: Bus, now: () => number): StreamingChannels {
  const named = () => db.prepare('SELECT 1 FROM sf_streaming_channel WHERE name = ?');
  const withId = () => db.prepare('SELECT name FROM sf_streaming_channel WHERE id = ?');
  return {
    has: (name) => named().get(name) !== undefined,
    push(id, body) {
      const channel = withId().get(id)?.name;
      if (typeof channel !== 'string') return undefined;
      const { success, data } = pushSchema.safeParse(body);
      if (!success) throw badInput('pushEvents is required');
      const createdDate = new Date(now()).toISOString();
      for (const { payload } of data.pushEvents) {
        bus.publish([channel], (replayId) => ({ event: { createdDate, replayId }, payload }));
      }
      // To nobody in particular, so nobody is counted.
      return ok(data.pushEvents.map(() => ({ fanoutCount: -1, userOnlineStatus: {} })));
    },
  };
}
