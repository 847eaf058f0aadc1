import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** One call on a vendor path, body already read. */
export interface VendorRequest {
  method: string;
  /** With the host the client used, so that links and signatures can be built from it. */
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
  /** Named by the handler as soon as it knows; shown in `GET /_control/calls`. */
  operation: string;
  /** Told when the client is gone, answered or not. */
  onClose(listener: () => void): void;
  isClosed(): boolean;
}

const maxBodyBytes = 11 * 1024 * 1024;

/** A body that no vendor would take. */
export class RequestTooLarge extends Error {
  override readonly name = 'RequestTooLarge';
}

/** @throws {RequestTooLarge} when the body is larger than any vendor takes; another error when it is not what its encoding says */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new RequestTooLarge();
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const unpacked =
    request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole, { maxOutputLength: maxBodyBytes }) : whole;
  return unpacked.toString('utf8');
}

export async function readRequest(incoming: IncomingMessage, response: ServerResponse): Promise<VendorRequest> {
  return {
    method: incoming.method ?? 'GET',
    url: new URL(`http://${incoming.headers.host ?? 'localhost'}${(incoming.url ?? '/').replace(/^\/+/, '/')}`),
    headers: incoming.headers,
    body: await readBody(incoming),
    operation: 'unknown',
    onClose: (listener) => void response.once('close', listener),
    isClosed: () => response.destroyed,
  };
}
