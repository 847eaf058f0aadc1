import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maskedError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { Tracing } from './tracing.ts';

/** A handler may answer (true) or leave the request to the next one (false). */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;

export interface RunningServer {
  url: string;
  /** Tells every caller with its next answer that the connection ends. */
  drain(): void;
  /**
   * Takes no connection any more and waits for the requests under way; after `graceMs` they are cut off.
   *
   * @default graceMs 2000
   */
  close(graceMs?: number): Promise<void>;
}

/** Starts an HTTP server that asks each handler in turn. What a handler throws is logged and answered with 500. */
export async function startServer(options: {
  host: string;
  port: number;
  handlers: Handler[];
  logger?: Logger;
  /** Traces the requests to `/graphql`. */
  tracing?: Tracing | null;
}): Promise<RunningServer> {
  const { host, port, handlers, logger, tracing } = options;
  const underWay = new Set<ServerResponse>();
  let draining = false;
  const server = createServer(
    { keepAliveTimeout: 60_000, headersTimeout: 10_000, requestTimeout: 30_000 },
    (request, response) => {
      underWay.add(response);
      response.once('close', () => {
        underWay.delete(response);
        // What was sent before the server drained has left its connection open.
        if (draining && !server.listening) server.closeIdleConnections();
      });
      if (draining) response.setHeader('connection', 'close');
      const answer = () => dispatch(handlers, request, response);
      const answered = tracing && pathOf(request) === '/graphql' ? tracing.serve(request, response, answer) : answer();
      answered.catch((error: unknown) => {
        logger?.error({ err: error, path: pathOf(request) }, 'request failed');
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { errors: [maskedError] });
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

  const drain = () => {
    draining = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
  };
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    drain,
    close: (graceMs = 2000) =>
      new Promise((resolve) => {
        drain();
        const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cutOff);
          resolve();
        });
      }),
  };
}

async function dispatch(handlers: Handler[], request: IncomingMessage, response: ServerResponse) {
  for (const handle of handlers) if (await handle(request, response)) return;
  sendJson(response, 404, { errors: [{ message: 'There is nothing at this address. The graph is at /graphql.' }] });
}

export function sendJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] as string;
}
