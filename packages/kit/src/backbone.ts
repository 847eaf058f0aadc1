import type { Bus } from './bus/bus.ts';
import { createMemoryStore } from './cache/memory-store.ts';
import type { CacheStore } from './cache/store.ts';
import type { Logger } from './logger.ts';
import type { BackboneSettings } from './settings.ts';

/** What the services of the product share: kept values and messages. */
export interface Backbone {
  store: CacheStore;
  bus: Bus;
  close(): Promise<void>;
}

/** The backbone that a service was given, or one of its own that ends with it. */
export function shareBackbone(
  given: Backbone | undefined,
  settings: BackboneSettings,
  logger: Logger,
): Backbone & { release(): Promise<void> } {
  if (given) return { ...given, release: async () => undefined };
  const own = createBackbone(settings, logger);
  return { ...own, release: own.close };
}

/** In this process alone, unless there is a Redis. */
export function createBackbone({ cacheMaxBytes }: BackboneSettings, _logger: Logger): Backbone {
  const store = createMemoryStore({ maxBytes: cacheMaxBytes });
  return { store, bus: null as never, close: () => store.close() };
}
