/** One request of a load: when it was under way, on the clock of `performance`, and what became of it. */
export interface Request {
  began: number;
  ended: number;
  /** `degraded` is an answer that lacks something, `failed` is none. */
  outcome: 'ok' | 'degraded' | 'failed';
  /** What was wrong. */
  detail: string;
}

export interface Load {
  /** Sends nothing more and waits for what is under way. */
  stop(): Promise<Request[]>;
}

/** Posts one body after the other to a gateway, so many a second, whether or not it answers. */
export function startLoad(url: string, perSecond: number, bodyOf: (index: number) => object): Load {
  const requests: Promise<Request>[] = [];
  const timer = setInterval(() => requests.push(send(url, bodyOf(requests.length))), 1000 / perSecond);
  return {
    stop() {
      clearInterval(timer);
      return Promise.all(requests);
    },
  };
}

async function send(url: string, body: object): Promise<Request> {
  const began = performance.now();
  const over = (outcome: Request['outcome'], detail = '') => ({ began, ended: performance.now(), outcome, detail });
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (response.status !== 200 || !data) return over('failed', `${response.status} ${JSON.stringify(errors)}`);
    return errors ? over('degraded', JSON.stringify(errors)) : over('ok');
  } catch (error) {
    const { cause } = error as Error;
    return over('failed', `${String(error)} ${String(cause)}`);
  }
}
