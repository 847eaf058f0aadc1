import type { Json } from '../records/input.ts';

/** One message of the event bus. A client that listens on two of its channels gets it twice. */
export interface PushEvent {
  channels: readonly string[];
  data: Json;
  replayId: number;
}

/** Keeps what was published for as long as an org does, so that a client that was away can catch up. */
export interface Bus {
  /** `make` builds the message around its replay id. */
  publish(channels: readonly string[], make: (replayId: number) => Json): void;
  listen(listener: (event: PushEvent) => void): void;
  /** What a channel carried after a replay id; undefined for an id that the bus cannot go back to. */
  after(channel: string, replayId: number): PushEvent[] | undefined;
  /** What a channel still has. */
  kept(channel: string): PushEvent[];
  /** Lets go of everything kept, as if three days had passed. */
  forget(): void;
}

const retentionMs = 72 * 3_600_000;
const maxKept = 50_000;

export function createBus(now: () => number = Date.now): Bus {
  let events: (PushEvent & { at: number })[] = [];
  const listeners: ((event: PushEvent) => void)[] = [];
  let latest = 1000;
  let forgotten = latest;

  function tidy() {
    const oldest = now() - retentionMs;
    const from = events.length > maxKept ? events.length - maxKept : 0;
    const stale = events.findIndex(({ at }, index) => index >= from && at >= oldest);
    const count = stale < 0 ? events.length : stale;
    if (count > 0) drop(count);
  }

  function drop(count: number) {
    forgotten = events[count - 1]?.replayId ?? forgotten;
    events = events.slice(count);
  }

  return {
    publish(channels, make) {
      // Increasing, but not by one: nobody may count on the next number.
      latest += 1 + (latest % 3);
      const event = { channels, data: make(latest), replayId: latest, at: now() };
      events.push(event);
      tidy();
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.push(listener);
    },
    after(channel, replayId) {
      tidy();
      if (!Number.isInteger(replayId) || replayId < forgotten || replayId > latest) return undefined;
      return events.filter((event) => event.replayId > replayId && event.channels.includes(channel));
    },
    kept(channel) {
      tidy();
      return events.filter(({ channels }) => channels.includes(channel));
    },
    forget() {
      drop(events.length);
      // Even the last id is gone, so that whoever comes back with one is refused.
      forgotten = latest + 1;
      latest = forgotten;
    },
  };
}
