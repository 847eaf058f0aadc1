import type { VendorAnswer, VendorHttp } from '@customer360/kit/http';
import type { IHttpClient } from 'soap';
import { describeSoapFailure } from './faults.ts';

/** Options that a caller of the SOAP library may pass with one call; the library hands them through to its HTTP client. */
export interface CallOptions {
  signal?: AbortSignal;
  /** Told the answer's status, which the library keeps to itself. */
  onAnswer?: (answer: VendorAnswer) => void;
}

/** Lets the SOAP library send through the same rules as every other vendor call. Also fetches the WSDL. */
export function createSoapHttp(http: VendorHttp): IHttpClient {
  const request = async (url: string, body: unknown, headers: Record<string, string>, options: CallOptions) => {
    const answer = await http.send({
      method: typeof body === 'string' ? 'POST' : 'GET',
      url,
      headers,
      // The service description may come from any file server.
      ...(typeof body === 'string' ? { body, expect: 'xml' as const } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    options.onAnswer?.(answer);
    // The library would put the body of a missing description into its error.
    if (typeof body !== 'string' && answer.status !== 200) throw describeSoapFailure(undefined, answer.status);
    return answer;
  };

  return {
    request(url, body, callback, headers = {}, options = {}) {
      const sent = request(url, body, headers as Record<string, string>, options as CallOptions);
      sent.then(
        (answer) => callback(null, { status: answer.status, headers: answer.headers, data: answer.text }, answer.text),
        (error: unknown) => callback(error),
      );
      // The library looks at the callback only; a promise of axios's own shape is never used.
      return sent.catch(() => undefined) as unknown as ReturnType<IHttpClient['request']>;
    },
  };
}
