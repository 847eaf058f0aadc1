import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Handler } from './server.ts';
import { pathOf } from './server.ts';

let shared: Registry | undefined;

/** Figures of the process: event loop, memory, collections. They exist once, however many services it hosts. */
export function processMetrics(): Registry {
  if (!shared) {
    shared = new Registry();
    collectDefaultMetrics({ register: shared });
  }
  return shared;
}

/** Serves the figures of a service at `/metrics`, those of its process with them. */
export function serveMetrics(registry: Registry): Handler {
  return async (request, response) => {
    if (pathOf(request) !== '/metrics') return false;
    const text = `${await registry.metrics()}\n${await processMetrics().metrics()}`;
    response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text);
    return true;
  };
}
