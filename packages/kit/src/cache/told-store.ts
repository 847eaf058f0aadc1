import type { Bus } from '../bus/bus.ts';
import { dropTopic } from './dropped.ts';
import type { CacheStore } from './store.ts';

/** A store whose drops are told to whoever keeps what was made from its entries. */
export function createToldStore(store: CacheStore, bus: Bus): CacheStore {
  return {
    ...store,
    async drop(tags) {
      await store.drop(tags);
      await bus.publish(dropTopic, tags);
    },
  };
}
