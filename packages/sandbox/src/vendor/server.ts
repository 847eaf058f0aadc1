import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from './control.ts';
import type { ControlHooks } from './control-api.ts';
import { answerControl } from './control-api.ts';
import { applyDrift } from './drift.ts';
import type { Outage } from './faults.ts';
import type { VendorReply, WireReply } from './reply.ts';
import { send, textOf, toWire, unavailable, wrongReply } from './reply.ts';
import type { VendorRequest } from './request.ts';
import { RequestTooLarge, readRequest } from './request.ts';

export interface RunningVendor {
  url: string;
  control: Control;
  close(): Promise<void>;
}

export interface VendorOptions extends ControlHooks {
  host: string;
  /** 0 takes a free port. */
  port: number;
  control: Control;
  /** Answers one vendor call. A throw is answered as the vendor's own internal error by `crash`. */
  handle(request: VendorRequest): Promise<VendorReply> | VendorReply;
  crash(error: unknown): VendorReply;
  /** Whether answers are sent with gzip to clients that take it. @default false */
  compress?: boolean;
}

/** The largest address and headers that reach a vendor's own limits. */
const maxHeaderSize = 128 * 1024;

/** Starts one vendor's HTTP server with the control API beside its own paths. */
export async function startVendor(options: VendorOptions): Promise<RunningVendor> {
  const { control } = options;
  const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize }, (request, response) => {
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

async function answerVendor(options: VendorOptions, incoming: IncomingMessage, response: ServerResponse) {
  const { control } = options;
  const started = performance.now();
  const at = new Date().toISOString();
  const request = await readRequest(incoming, response).catch((error: unknown) => {
    if (error instanceof RequestTooLarge) response.writeHead(413, { connection: 'close' }).end();
    else response.destroy();
  });
  if (!request) return;
  const { pathname, search } = request.url;
  const { latencyMs, outage, answer } = control.breakage({ ...request, path: pathname + search });
  const record = (status: number) =>
    control.record({
      at,
      method: request.method,
      path: pathname,
      operation: request.operation,
      status,
      ms: Math.round(performance.now() - started),
    });

  if (outage === 'refuse') {
    record(0);
    incoming.socket.destroy();
    return;
  }
  if (outage === 'hang') {
    record(0);
    return;
  }
  const reply = answer ? wrongReply(answer) : await answerWell(options, request, outage);
  if (latencyMs > 0) await sleep(latencyMs - Math.min(latencyMs, performance.now() - started));
  record(outage === 'lose' ? 0 : reply.status);
  await send(response, reply, outage);
}

/** The vendor's own answer, changed only in what its faults say. */
async function answerWell(
  options: VendorOptions,
  request: VendorRequest,
  outage: Outage | undefined,
): Promise<WireReply> {
  const { drift, headers, clockOffsetMs } = options.control.faults;
  const reply = outage === '503' ? unavailable : await answer(options, request);
  const text = textOf(reply);
  const drifted = drift && text ? applyDrift(text, drift) : text;
  const date = clockOffsetMs === 0 ? {} : { date: new Date(Date.now() + clockOffsetMs).toUTCString() };
  // A broken answer is sent plain, so that the client meets the breakage itself.
  const compressed =
    options.compress === true && !outage && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  return toWire(reply, drifted, { ...date, ...headers }, compressed);
}

async function answer(options: VendorOptions, request: VendorRequest): Promise<VendorReply> {
  try {
    return await options.handle(request);
  } catch (error) {
    return options.crash(error);
  }
}
