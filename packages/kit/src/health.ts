import type { Handler } from './server.ts';
import { pathOf, sendJson } from './server.ts';

export interface Health {
  handler: Handler;
  setReady(ready: boolean): void;
}

/** `/health/live` answers as soon as the process listens, `/health/ready` once it should be sent requests. */
export function createHealth(): Health {
  let ready = false;
  return {
    handler(request, response) {
      const path = pathOf(request);
      if (path === '/health/live') sendJson(response, 200, { status: 'live' });
      else if (path === '/health/ready')
        sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'starting' });
      else return false;
      return true;
    },
    setReady(now) {
      ready = now;
    },
  };
}
