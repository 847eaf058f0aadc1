import { z } from 'zod';
import type { Bus } from '../bus/bus.ts';
import type { Tag } from './store.ts';

/** What a process that dropped tags tells all others: the tags. */
export const dropTopic = 'cache.drop';

const tagList = z.array(z.string());

/**
 * Hears what any process drops, until the function that is returned is called. `all` is called where that cannot be
 * told: messages may have been lost, or one of them cannot be read.
 */
export function hearDrops(bus: Bus, heard: { drop(tags: readonly Tag[]): void; all(): void }): () => void {
  return bus.subscribe(
    dropTopic,
    (message) => {
      const tags = tagList.safeParse(message);
      if (tags.success) heard.drop(tags.data);
      else heard.all();
    },
    heard.all,
  );
}
