import type { Bus } from '../../src/bus/bus.ts';
import { createMemoryStore } from '../../src/cache/memory-store.ts';
import type { FoundInRedis, RedisStore } from '../../src/cache/redis-store.ts';
import { unknownGeneration } from '../../src/cache/redis-store.ts';
import type { Tag } from '../../src/cache/store.ts';
import type { Timeline } from './timeline.ts';

interface Sent {
  message: unknown;
  mark: number;
}

/** What processes share: a store that can be away, and a bus that waits for it. */
export interface Shared {
  far: RedisStore;
  /** The bus of one process, which marks what it sends; `heard` is told when it has heard of a drop, with that mark. */
  busOf(mark: () => number, heard: (tags: readonly Tag[], mark: number) => void): Bus;
  setOpen(open: boolean): Promise<void>;
}

export function createShared(time: Timeline, { farMs, busMs }: { farMs: number; busMs: number }): Shared {
  const kept = createMemoryStore({ maxBytes: 1024 * 1024, clock: time.now });
  const keepUntil = new Map<string, number>();
  const listeners = new Set<(sent: Sent) => void>();
  let open = true;
  let unsaid: Tag[] = [];
  let unsent: Sent[] = [];

  const away = (): FoundInRedis => ({ generation: unknownGeneration, entry: null, keepMs: 0 });
  const send = (sent: Sent) =>
    void time.after(busMs, () => {
      for (const listen of listeners) listen(sent);
    });

  const far: RedisStore = {
    async read(keys) {
      await time.sleep(farMs);
      if (!open) return keys.map(away);
      const found = await kept.read(keys);
      await time.sleep(farMs);
      return found.map((one, at) => ({
        ...one,
        keepMs: one.entry ? (keepUntil.get(keys[at]?.text ?? '') ?? 0) - time.now() : 0,
      }));
    },
    async write(writes) {
      await time.sleep(farMs);
      if (!open) return;
      const known = writes.filter(({ generation }) => generation !== unknownGeneration);
      for (const { key, keepMs } of known) keepUntil.set(key.text, time.now() + keepMs);
      await kept.write(known);
    },
    async drop(tags) {
      await time.sleep(farMs);
      if (open) await kept.drop(tags);
      else unsaid.push(...tags);
    },
    isOpen: () => open,
    close: async () => undefined,
  };

  return {
    far,
    busOf: (mark, heard) => ({
      publish: async (_, message) => {
        const sent = { message, mark: mark() };
        if (open) send(sent);
        else unsent.push(sent);
      },
      subscribe(_, listen) {
        const hear = ({ message, mark }: Sent) => {
          listen(message);
          heard(message as Tag[], mark);
        };
        listeners.add(hear);
        return () => void listeners.delete(hear);
      },
      close: async () => undefined,
    }),
    async setOpen(now) {
      if (now && !open) {
        await kept.drop(unsaid);
        for (const sent of unsent) send(sent);
        unsaid = [];
        unsent = [];
      }
      open = now;
    },
  };
}
