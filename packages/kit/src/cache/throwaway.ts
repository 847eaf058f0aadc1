import type { System } from '../errors.ts';
import type { Cache } from './cache.ts';
import { createCache } from './create-cache.ts';
import { createMemoryStore } from './memory-store.ts';

const ages = { freshForMs: 60_000, freshForMsOf: {}, keptForMs: 60_000, staleWhileRevalidate: 0 };

/** A cache of one's own, for reads that share nothing with any other. */
export const createThrowawayCache = (source: System): Cache =>
  createCache({ store: createMemoryStore({ maxBytes: 16 * 1024 * 1024 }), source, ages });
