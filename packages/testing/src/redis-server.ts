import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A Redis of a test's own. */
export interface RunningRedis extends AsyncDisposable {
  url: string;
  port: number;
  process: ChildProcess;
  /** Ends at once, without a word to those connected. */
  stop(): Promise<void>;
}

export interface RedisOptions {
  /** @default a free one */
  port?: number;
  /** More arguments of `redis-server`. */
  args?: readonly string[];
}

/** Starts a real `redis-server` on a free port, in memory only, and waits until it takes connections. */
export async function startRedis({ port: wanted, args = [] }: RedisOptions = {}): Promise<RunningRedis> {
  const port = wanted ?? (await freePort());
  const all = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args];
  const child = spawn('redis-server', all, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of child.stdout as AsyncIterable<Buffer>) {
    if (line.includes('Ready to accept connections')) break;
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // A stalled process does not hear anything gentler.
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  return { url: `redis://127.0.0.1:${port}`, port, process: child, stop, [Symbol.asyncDispose]: stop };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
