import { isUtf8 } from 'node:buffer';
import { Pool } from 'undici';
import { SubgraphFailure } from './answer.ts';

export interface Reply {
  status: number;
  text: string;
  /** What the subgraph allows to be done with the answer. */
  cacheControl?: string | undefined;
}

export interface SubgraphClient {
  /**
   * Posts one GraphQL request. One that `mayRepeat` is sent a second time when the connection breaks before any of the
   * answer: the copy that had it has ended, and another is there.
   *
   * @throws {SubgraphFailure}
   */
  send(body: string, signal: AbortSignal, mayRepeat: boolean, traceHeaders?: Record<string, string>): Promise<Reply>;
  close(): Promise<void>;
}

const maxAnswerBytes = 20 * 1024 * 1024;
const connections = 64;
/** Of a connection that was there and is not any more. */
const broken = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** One keep-alive pool per subgraph, with a deadline over the whole answer and a cap on its size. */
export function createSubgraphClient(url: string, timeoutMs: number): SubgraphClient {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 });
  const path = pathname + search;
  const headers = { 'content-type': 'application/json', accept: 'application/json' };

  return {
    send(body, signal, mayRepeat, traceHeaders) {
      return new Promise((resolve, reject) => {
        let stop: ((reason: Error) => void) | undefined;
        let ended = false;
        let status = 0;
        let cacheControl: string | undefined;
        let bytes = 0;
        const chunks: Buffer[] = [];
        const finish = (settle: () => void) => {
          if (ended) return;
          ended = true;
          clearTimeout(timer);
          signal.removeEventListener('abort', cancel);
          settle();
        };
        const fail = (failure: SubgraphFailure) => {
          finish(() => reject(failure));
          stop?.(failure);
        };
        const cancel = () => fail(new SubgraphFailure('canceled', 'the caller is gone'));
        const timer = setTimeout(
          () => fail(new SubgraphFailure('timeout', `no answer within ${timeoutMs} ms`)),
          timeoutMs,
        );
        if (signal.aborted) return cancel();
        signal.addEventListener('abort', cancel);

        const options = {
          path,
          method: 'POST' as const,
          headers: traceHeaders ? { ...headers, ...traceHeaders } : headers,
          body,
        };
        const dispatch = (again: boolean) =>
          pool.dispatch(options, {
            onRequestStart(controller) {
              stop = (reason) => controller.abort(reason);
              if (ended) stop(new SubgraphFailure('canceled', 'ended before it began'));
            },
            onResponseStart(_controller, statusCode, headers) {
              status = statusCode;
              cacheControl = String(headers['cache-control'] ?? '');
            },
            onResponseData(_controller, chunk) {
              bytes += chunk.length;
              if (bytes > maxAnswerBytes) fail(new SubgraphFailure('malformed', 'the answer is too large'));
              else chunks.push(chunk);
            },
            onResponseEnd() {
              const answer = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes);
              // Else a damaged letter would become another one, and pass for the subgraph's.
              if (!isUtf8(answer)) return fail(new SubgraphFailure('malformed', 'the answer is not UTF-8'));
              return finish(() => resolve({ status, text: answer.toString('utf8'), cacheControl }));
            },
            onResponseError(_controller, error) {
              const { code } = error as NodeJS.ErrnoException;
              if (again && !ended && status === 0 && broken.has(code ?? '')) dispatch(false);
              else fail(new SubgraphFailure('unavailable', 'no connection'));
            },
          });
        dispatch(mayRepeat);
        return undefined;
      });
    },
    close: () => pool.destroy(),
  };
}
