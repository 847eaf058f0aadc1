import type { Logger } from '../logger.ts';
import type { Bus } from './bus.ts';
import { createListeners } from './listeners.ts';

/** A bus that ends at this process. */
export function createMemoryBus(logger: Logger): Bus {
  const listeners = createListeners(logger);
  return {
    publish: async (topic, message) => listeners.tell(topic, message),
    subscribe: listeners.subscribe,
    close: async () => listeners.clear(),
  };
}
