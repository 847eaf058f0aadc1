import type { Handler } from './server.ts';
import { pathOf, sendJson } from './server.ts';

export type Readiness = 'starting' | 'ready' | 'stopping';

export interface Health {
  handler: Handler;
  set(readiness: Readiness): void;
}

/**
 * `/health/live` answers as soon as the process listens, `/health/ready` with 200 while it should be sent requests.
 * `details` are told with readiness, to anybody who asks.
 */
export function createHealth(details: () => object = () => ({})): Health {
  let readiness: Readiness = 'starting';
  return {
    handler(request, response) {
      const path = pathOf(request);
      if (path === '/health/live') sendJson(response, 200, { status: 'live' });
      else if (path === '/health/ready')
        sendJson(response, readiness === 'ready' ? 200 : 503, { status: readiness, ...details() });
      else return false;
      return true;
    },
    set(now) {
      readiness = now;
    },
  };
}
