import { PassThrough } from 'node:stream';
import type { VendorHttp } from '@customer360/kit/http';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';

/** What the transport saw of the answer, for callers who must judge what jsforce does not hand on. */
export interface Seen {
  status: number;
  /** The header that says how much of the day's calls is used. */
  usage: string | undefined;
}

/**
 * Carries one jsforce call over the kit's HTTP. jsforce's own transport waits half an hour, repeats calls by itself,
 * obeys proxy variables even on loopback, opens sockets without limit, and its deadline ends with the headers.
 */
export function createTransport(http: VendorHttp, signal: AbortSignal, seen: Seen): Transport {
  return Object.assign(new Transport(), {
    httpRequest({ method, url, headers, body }: Parameters<Transport['httpRequest']>[0]) {
      return StreamPromise.create(() => ({ stream: new PassThrough(), promise: send() }));

      async function send() {
        const answer = await http.send({
          method: method as 'GET' | 'POST',
          url,
          expect: 'json',
          signal,
          ...(headers ? { headers } : {}),
          ...(typeof body === 'string' ? { body } : {}),
        });
        seen.status = answer.status;
        seen.usage = answer.headers['sforce-limit-info'];
        return { statusCode: answer.status, headers: answer.headers, body: answer.text };
      }
    },
  });
}
