import type { Logger } from '../logger.ts';
import type { Bus } from './bus.ts';

/** Those of this process who subscribed. */
export interface Listeners {
  subscribe: Bus['subscribe'];
  tell(topic: string, message: unknown): void;
  /** Of one topic; of all without one. */
  tellGap(topic?: string): void;
  clear(): void;
}

interface Listener {
  listen(message: unknown): void;
  onGap(): void;
}

/** Each message reaches all before the next one does, also when one of them publishes; none is disturbed by another. */
export function createListeners(logger: Logger): Listeners {
  const byTopic = new Map<string, Set<Listener>>();
  const waiting: (() => void)[] = [];
  let telling = false;

  const run = (call: () => void) => {
    waiting.push(call);
    if (telling) return;
    telling = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) next();
    telling = false;
  };

  const each = (listeners: Iterable<Listener>, call: (listener: Listener) => void) => {
    for (const listener of [...listeners]) {
      try {
        call(listener);
      } catch (err) {
        logger.error({ err }, 'A subscriber of the bus failed');
      }
    }
  };

  const of = (topic: string): Iterable<Listener> => byTopic.get(topic) ?? [];

  return {
    subscribe(topic, listen, onGap = () => undefined) {
      const listener = { listen, onGap };
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && byTopic.get(topic) === listeners) byTopic.delete(topic);
      };
    },
    tell: (topic, message) => run(() => each(of(topic), (listener) => listener.listen(message))),
    tellGap: (topic) =>
      run(() => {
        const listeners = topic === undefined ? [...byTopic.values()].flatMap((set) => [...set]) : of(topic);
        each(listeners, (listener) => listener.onGap());
      }),
    clear: () => byTopic.clear(),
  };
}
