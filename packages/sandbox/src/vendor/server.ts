import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { ZodError, z } from 'zod';
import type { Control } from './control.ts';

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

export interface VendorReply {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON; text is sent as it is. */
  body?: string | object;
}

export interface RunningVendor {
  url: string;
  control: Control;
  close(): Promise<void>;
}

export interface VendorOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  control: Control;
  /** Answers one vendor call. A throw is answered as the vendor's own internal error by `crash`. */
  handle(request: VendorRequest): Promise<VendorReply> | VendorReply;
  crash(error: unknown): VendorReply;
  /** Makes a change in the vendor's data that no client asked for; `POST /_control/change`. */
  change?(body: unknown): object;
}

const maxBodyBytes = 11 * 1024 * 1024;

/** Starts one vendor's HTTP server with the control API beside its own paths. */
export async function startVendor(options: VendorOptions): Promise<RunningVendor> {
  const { control } = options;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] as string;
    const answering = path.startsWith('/_control/')
      ? answerControl(options, path, request, response)
      : answerVendor(options, request, response);
    answering.catch(() => response.destroy());
  });
  await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://${options.host}:${port}`,
    control,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      if (taken) error.message = `Port ${port} is taken by another program. Stop it or choose other ports.`;
      reject(error);
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error('request body too large');
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const unpacked =
    request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole, { maxOutputLength: maxBodyBytes }) : whole;
  return unpacked.toString('utf8');
}

async function answerVendor(options: VendorOptions, incoming: IncomingMessage, response: ServerResponse) {
  const { control } = options;
  const started = performance.now();
  const at = new Date().toISOString();
  const body = await readBody(incoming);
  const request: VendorRequest = {
    method: incoming.method ?? 'GET',
    url: new URL(`http://${incoming.headers.host ?? 'localhost'}${(incoming.url ?? '/').replace(/^\/+/, '/')}`),
    headers: incoming.headers,
    body,
    operation: 'unknown',
    onClose: (listener) => void response.once('close', listener),
    isClosed: () => response.destroyed,
  };
  const { outage, latencyMs } = control.faults;
  const struck = outage != null && control.strikes();
  const record = (status: number) =>
    control.record({
      at,
      method: request.method,
      path: request.url.pathname,
      operation: request.operation,
      status,
      ms: Math.round(performance.now() - started),
    });

  if (struck && outage === 'refuse') {
    record(0);
    incoming.socket.destroy();
    return;
  }
  if (struck && outage === 'hang') {
    record(0);
    return;
  }
  const reply = struck && outage === '503' ? unavailable : await answer(options, request);
  if (latencyMs > 0) await sleep(latencyMs - Math.min(latencyMs, performance.now() - started));
  record(reply.status);

  const text = typeof reply.body === 'object' ? JSON.stringify(reply.body) : (reply.body ?? '');
  const headers = { 'content-type': 'application/json;charset=UTF-8', ...reply.headers };
  if (struck && outage === 'drip') return drip(response, reply.status, headers, text);
  const sent = struck && outage === 'malformed' ? text.slice(0, Math.ceil(text.length * 0.6)) : text;
  response.writeHead(reply.status, sent === '' ? reply.headers : headers).end(sent);
}

const unavailable: VendorReply = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
};

async function answer(options: VendorOptions, request: VendorRequest): Promise<VendorReply> {
  try {
    return await options.handle(request);
  } catch (error) {
    return options.crash(error);
  }
}

async function drip(response: ServerResponse, status: number, headers: Record<string, string>, text: string) {
  response.writeHead(status, headers);
  for (const byte of Buffer.from(text)) {
    if (response.destroyed) return;
    response.write(Buffer.from([byte]));
    await sleep(1000, undefined, { ref: false });
  }
  response.end();
}

async function answerControl(options: VendorOptions, path: string, request: IncomingMessage, response: ServerResponse) {
  const { control } = options;
  const send = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const body = await readBody(request);
  switch (`${request.method} ${path}`) {
    case 'GET /_control/calls':
      return send(200, { total: control.calls.length, calls: control.calls });
    case 'DELETE /_control/calls':
      control.clearCalls();
      return send(200, { total: 0, calls: [] });
    case 'GET /_control/faults':
      return send(200, control.faults);
    case 'PUT /_control/faults':
      try {
        return send(200, control.setFaults(JSON.parse(body)));
      } catch (error) {
        return send(400, { error: error instanceof ZodError ? z.prettifyError(error) : 'The body is not JSON.' });
      }
    case 'DELETE /_control/faults':
      control.heal();
      return send(200, control.faults);
    case 'POST /_control/change': {
      if (!options.change) return send(404, { error: 'This vendor has no changes to make.' });
      const { status, body: answered } = change(options, body);
      return send(status, answered);
    }
    default:
      return send(404, {
        error: `No control call ${request.method} ${path}. There are /_control/calls, /_control/faults and /_control/change.`,
      });
  }
}

function change(options: VendorOptions, body: string): { status: number; body: object } {
  try {
    return { status: 200, body: options.change?.(JSON.parse(body)) ?? {} };
  } catch (error) {
    if (error instanceof ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is not JSON.' } };
    const reply = options.crash(error);
    return { status: reply.status, body: { error: reply.body } };
  }
}
