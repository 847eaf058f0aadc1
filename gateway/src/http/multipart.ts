import type { ServerResponse } from 'node:http';
import type { Deliver } from './answer-in-parts.ts';

/** The incremental delivery that is spoken here, as callers and Apollo's router name it. */
const spec = 'deferSpec=20220824';
const delimiter = '\r\n--graphql';
const partHead = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n';

/** Whether a caller reads answers in parts; a plain `multipart/mixed` does not say which of the formats it reads. */
export const acceptsParts = (accept: string | undefined): boolean =>
  accept !== undefined && /(?:^|,)\s*multipart\/mixed\s*;[^,]*\bdeferSpec\s*=\s*"?20220824\b/i.test(accept);

export interface MultipartAnswer {
  deliver: Deliver;
  /** Whether a part has been sent, so that status and headers are out. */
  readonly begun: boolean;
  /** Sends the last part. */
  end(body: string): void;
}

/** Sends an answer in parts. Each is closed at once, so that its reader need not wait for the next. */
export function createMultipart(response: ServerResponse): MultipartAnswer {
  let begun = false;
  return {
    deliver(body) {
      if (response.destroyed) return;
      if (!begun) {
        response.writeHead(200, {
          'content-type': `multipart/mixed;boundary="graphql";${spec}`,
          'cache-control': 'private, no-store',
          vary: 'Accept',
        });
      }
      response.write(`${begun ? '' : delimiter}${partHead}${body}${delimiter}`);
      begun = true;
    },
    get begun() {
      return begun;
    },
    end: (body) => void response.end(`${partHead}${body}${delimiter}--\r\n`),
  };
}
