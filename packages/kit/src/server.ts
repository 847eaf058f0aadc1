import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A handler may answer (true) or leave the request to the next one (false). */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

/** Somebody else listens on the port that a service wants. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/**
 * Starts an HTTP server that asks each handler in turn.
 *
 * @throws {PortTakenError} when the port is in use
 */
export async function startServer(options: {
  host: string;
  port: number;
  handlers: Handler[];
}): Promise<RunningServer> {
  const { host, port, handlers } = options;
  const server = createServer(
    { keepAliveTimeout: 60_000, headersTimeout: 10_000, requestTimeout: 30_000 },
    (request, response) => {
      dispatch(handlers, request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else
          sendJson(response, 500, {
            errors: [{ message: 'Something went wrong on our side. The error has been logged.' }],
          });
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new PortTakenError(`Port ${port} is taken by another program. Stop it or choose other ports.`) : error,
      );
    });
    server.listen(port, host, resolve);
  });

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2000).unref();
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
