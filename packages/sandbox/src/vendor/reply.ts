import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, gzip, gzipSync } from 'node:zlib';
import type { Outage, WrongAnswer } from './faults.ts';

export interface VendorReply {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON; text and bytes are sent as they are. */
  body?: string | Buffer | object;
}

/** A reply as it goes over the wire. */
export interface WireReply {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
}

const jsonType = { 'content-type': 'application/json;charset=UTF-8' };
const compress = promisify(gzip);
/** Smaller answers are not worth the work. */
const compressedFrom = 1024;

export const unavailable: VendorReply = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
};

/** The body of a reply as text, unless it is bytes. */
export function textOf({ body }: VendorReply): string | null {
  if (Buffer.isBuffer(body)) return null;
  return typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
}

export async function toWire(
  reply: VendorReply,
  text: string | null,
  extraHeaders: Record<string, string>,
  compressed: boolean,
): Promise<WireReply> {
  const bytes = Buffer.isBuffer(reply.body) ? reply.body : Buffer.from(text ?? '');
  const typed = bytes.length === 0 ? {} : jsonType;
  const headers = { ...typed, ...reply.headers, ...extraHeaders };
  if (!compressed || bytes.length < compressedFrom || 'content-encoding' in headers) {
    return { status: reply.status, headers, bytes };
  }
  return {
    status: reply.status,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    bytes: await compress(bytes, { level: constants.Z_BEST_SPEED }),
  };
}

/** The answer that a fault puts in place of the vendor's. */
export function wrongReply({ status, headers, body, times, gzip: zipped }: WrongAnswer): WireReply {
  const bytes = Buffer.alloc(Buffer.byteLength(body) * times, body);
  return zipped
    ? { status, headers: { ...headers, 'content-encoding': 'gzip' }, bytes: gzipSync(bytes) }
    : { status, headers, bytes };
}

/** Sends a reply the way the outage lets it through. */
export function send(response: ServerResponse, { status, headers, bytes }: WireReply, outage: Outage | undefined) {
  switch (outage) {
    case 'malformed':
      return response.writeHead(status, headers).end(bytes.subarray(0, Math.ceil(bytes.length * 0.6)));
    case 'cut':
      response.writeHead(status, { ...headers, 'content-length': String(bytes.length + 1) });
      return response.write(bytes.subarray(0, Math.ceil(bytes.length * 0.6)), () => response.socket?.resetAndDestroy());
    case 'lose':
      return response.socket?.resetAndDestroy();
    case 'drip':
      response.writeHead(status, headers);
      return trickle(response, bytes, 1000);
    case 'flood':
      response.writeHead(status, headers);
      return flood(response, bytes);
    default:
      return response.writeHead(status, headers).end(bytes);
  }
}

async function trickle(response: ServerResponse, bytes: Buffer, everyMs: number) {
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Buffer.from([byte]));
    await sleep(everyMs, undefined, { ref: false });
  }
  response.end();
}

/** Sends the same bytes again and again, until the client has had enough. */
async function flood(response: ServerResponse, bytes: Buffer) {
  const chunk = Buffer.alloc(1024 * 1024, bytes.length === 0 ? ' ' : bytes);
  const ended = once(response, 'close');
  while (!response.destroyed) {
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), ended]);
  }
}
