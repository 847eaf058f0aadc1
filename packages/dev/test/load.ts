import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** One request of a load: when it was under way, on the clock of `performance`, and what became of it. */
export interface Request {
  began: number;
  ended: number;
  /** `degraded` is an answer that lacks something, `failed` is none. */
  outcome: 'ok' | 'degraded' | 'failed';
  /** Whether it was sent a second time. */
  again: boolean;
  /** What was wrong. */
  detail: string;
}

export interface Load {
  /** Sends nothing more and waits for what is under way. */
  stop(): Promise<Request[]>;
}

/**
 * Posts one body after the other to a gateway, so many a second, whether or not it answers. Connections stay open; a
 * request that meets one in the moment of its end is sent again, as clients of HTTP do.
 */
export function startLoad(url: string, perSecond: number, bodyOf: (index: number) => object): Load {
  const agent = new Agent({ keepAlive: true });
  const requests: Promise<Request>[] = [];
  const timer = setInterval(() => requests.push(send(url, agent, bodyOf(requests.length))), 1000 / perSecond);
  return {
    async stop() {
      clearInterval(timer);
      const ended = await Promise.all(requests);
      agent.destroy();
      return ended;
    },
  };
}

async function send(url: string, agent: Agent, body: object): Promise<Request> {
  const began = performance.now();
  const seen = { again: false };
  const over = (outcome: Request['outcome'], detail = '') => ({
    began,
    ended: performance.now(),
    outcome,
    detail,
    ...seen,
  });
  try {
    const response = await post(`${url}/graphql`, agent, JSON.stringify(body), seen);
    const { data, errors } = JSON.parse(await text(response)) as { data?: unknown; errors?: unknown };
    if (response.statusCode !== 200 || !data) return over('failed', `${response.statusCode} ${JSON.stringify(errors)}`);
    return errors ? over('degraded', JSON.stringify(errors)) : over('ok');
  } catch (error) {
    return over('failed', String(error));
  }
}

function post(url: string, agent: Agent, body: string, seen: { again: boolean }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      timeout: 10_000,
    });
    sent.once('response', resolve);
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (seen.again || !sent.reusedSocket || error.code !== 'ECONNRESET') return reject(error);
      seen.again = true;
      resolve(post(url, agent, body, seen));
    });
    sent.end(body);
  });
}
