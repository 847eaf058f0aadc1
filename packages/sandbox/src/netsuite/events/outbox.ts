import { createHmac } from 'node:crypto';
import type { Control } from '../../vendor/control.ts';
import type { RecordEvent } from './observed-store.ts';

/** Whom the script posts to, and the secret it signs with. */
export interface EventTarget {
  url: string;
  secret: string;
}

export interface OutboxOptions {
  /** How often the scheduled script posts again what did not arrive. @default 30 seconds */
  resendMs: number;
  /** How long one post may take, connecting included. @default 5 seconds */
  timeoutMs: number;
}

export const defaultOutbox: OutboxOptions = { resendMs: 30_000, timeoutMs: 5000 };

export interface OutboxCounts {
  /** Posts that were taken, and posts that failed. */
  delivered: number;
  failures: number;
  /** Events that the scheduled script has yet to post again. */
  waiting: number;
}

export interface Outbox {
  /** Posts an event in the background, as the control's disturbances let it. Without a target there is no script. */
  add(event: RecordEvent): void;
  /** Posts everything that waits, as the scheduled script does. */
  resend(): void;
  counts(): OutboxCounts;
  close(): void;
}

/** The receiver checks this over the bytes it got, before it reads them. */
export const signEvent = (secret: string, timestamp: string, body: string) =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** Keeps the events whose post failed until one arrives; the posts of one record go out one after the other. */
export function createOutbox(
  target: () => EventTarget | null,
  control: Pick<Control, 'deliver'>,
  now: () => number,
  { resendMs, timeoutMs }: OutboxOptions,
): Outbox {
  const closing = new AbortController();
  const waiting = new Map<string, RecordEvent>();
  const posting = new Set<string>();
  const lanes = new Map<string, Promise<void>>();
  let delivered = 0;
  let failures = 0;

  const post = async (body: string): Promise<boolean> => {
    const to = target();
    if (!to) return false;
    const timestamp = String(Math.floor(now() / 1000));
    try {
      const answer = await fetch(to.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-customer360-timestamp': timestamp,
          'x-customer360-signature': signEvent(to.secret, timestamp, body),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      // The save has happened whatever becomes of its event: the scheduled script tries again.
      return false;
    }
  };

  const send = (event: RecordEvent) => {
    const lane = laneOf(event);
    posting.add(event.eventId);
    const turn = (lanes.get(lane) ?? Promise.resolve()).then(async () => {
      const arrived = await post(JSON.stringify(event));
      if (closing.signal.aborted) return;
      if (arrived) delivered += 1;
      else failures += 1;
      if (arrived) waiting.delete(event.eventId);
      else waiting.set(event.eventId, event);
      posting.delete(event.eventId);
      if (lanes.get(lane) === turn) lanes.delete(lane);
    });
    lanes.set(lane, turn);
  };

  const resend = () => {
    for (const event of waiting.values()) if (!posting.has(event.eventId)) send(event);
  };
  const scheduled = setInterval(resend, resendMs).unref();

  return {
    add(event) {
      if (target()) control.deliver(() => send(event));
    },
    resend,
    counts: () => ({ delivered, waiting: waiting.size, failures }),
    close() {
      clearInterval(scheduled);
      closing.abort();
    },
  };
}

const laneOf = ({ recordType, recordId }: RecordEvent) => `${recordType} ${recordId}`;
