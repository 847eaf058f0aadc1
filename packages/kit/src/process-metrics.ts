import { collectDefaultMetrics, Registry } from 'prom-client';

let shared: Registry | undefined;

/** Figures of the process: event loop, memory, collections. They exist once, however many services it hosts. */
export function processMetrics(): Registry {
  if (!shared) {
    shared = new Registry();
    collectDefaultMetrics({ register: shared });
  }
  return shared;
}
