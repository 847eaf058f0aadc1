import { Pool } from 'undici';

export interface SubgraphClient {
  /** Posts one GraphQL request and returns the parsed answer. @throws {SubgraphFailure} */
  send(body: string): Promise<SubgraphAnswer>;
  close(): Promise<void>;
}

/** An answer as GraphQL defines it; what is inside is the caller's to check. */
export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message?: unknown; path?: unknown; extensions?: Record<string, unknown> }[];
}

export type FailureKind = 'unavailable' | 'timeout' | 'malformed';

/** A subgraph that gave no usable answer at all. */
export class SubgraphFailure extends Error {
  override readonly name = 'SubgraphFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const maxAnswerBytes = 20 * 1024 * 1024;

/** One keep-alive pool per subgraph, with a deadline over the whole answer and a cap on its size. */
export function createSubgraphClient(url: string, timeoutMs: number): SubgraphClient {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 64, maxResponseSize: maxAnswerBytes, keepAliveTimeout: 30_000 });

  return {
    async send(body) {
      const signal = AbortSignal.timeout(timeoutMs);
      let status: number;
      let text: string;
      try {
        const answer = await pool.request({
          path: pathname,
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body,
          signal,
        });
        status = answer.statusCode;
        text = await answer.body.text();
      } catch {
        if (signal.aborted) throw new SubgraphFailure('timeout', `no answer within ${timeoutMs} ms`);
        throw new SubgraphFailure('unavailable', 'no connection');
      }
      return readAnswer(status, text);
    },
    close: () => pool.destroy(),
  };
}

function readAnswer(status: number, text: string): SubgraphAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new SubgraphFailure(
      status >= 500 ? 'unavailable' : 'malformed',
      `status ${status} and a body that is not JSON`,
    );
  }
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new SubgraphFailure('malformed', `status ${status} and a body that is not a GraphQL answer`);
  }
  return answer as SubgraphAnswer;
}
