import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../src/errors.ts';
import { createVendorHttp } from '../src/http.ts';
import type { VendorPolicyOptions } from '../src/policy.ts';
import { createVendorPolicy } from '../src/policy.ts';

/** How the vendor answers the next calls; `reset` breaks the connection, `hang` never answers. */
export type Mood = number | 'reset' | 'hang' | 'html' | { afterMs: number };

/** A vendor on a real socket that does as it is told, and notes when it was called. */
export async function startVendor() {
  const calls: number[] = [];
  const moods: Mood[] = [];
  let usual: Mood = 200;
  let open = 0;
  let most = 0;
  const listen: RequestListener = (_, response) => {
    calls.push(performance.now());
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => {
      open -= 1;
    });
    const mood = moods.shift() ?? usual;
    if (mood === 'reset') response.socket?.resetAndDestroy();
    else if (mood === 'html') response.end('<html>Soon back</html>');
    else if (typeof mood === 'number') response.writeHead(mood, { 'retry-after': '2' }).end('{}');
    else if (mood !== 'hang') setTimeout(() => response.end('{}'), mood.afterMs);
  };
  const server = createServer(listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    mostAtOnce: () => most,
    next: (...some: Mood[]) => void moods.push(...some),
    is(mood: Mood) {
      usual = mood;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client of it under a policy, which judges answers as vendors' clients do. */
export function clientOf(url: string, options: Partial<VendorPolicyOptions> = {}) {
  const { timeoutMs = 5000 } = options;
  const http = createVendorHttp({ system: 'NETSUITE', timeoutMs, maxSockets: 200 });
  const policy = createVendorPolicy({ system: 'NETSUITE', timeoutMs, ...options });
  const work = async (signal: AbortSignal) => {
    const { status, text, headers } = await http.send({ method: 'GET', url, signal });
    const wait = { retryAfterMs: Number(headers['retry-after']) * 1000 };
    if (status === 429) throw new UpstreamError('NETSUITE', 'busy', 'throttled', wait);
    if (status === 401) throw new UpstreamError('NETSUITE', 'credentials', 'refused');
    if (status >= 500) throw new UpstreamError('NETSUITE', 'unavailable', `answered ${status}`);
    if (status >= 400) throw new UpstreamError('NETSUITE', 'rejected', `answered ${status}`);
    if (text.startsWith('<')) throw new UpstreamError('NETSUITE', 'malformed', 'not JSON');
    return status;
  };
  return {
    policy,
    read: (signal?: AbortSignal) => policy.run(work, signal ? { signal } : {}),
    write: () => policy.write(work),
  };
}

/** Runs a call to its end; says the fault, or `ok`, and how long it took. */
export async function timed(call: () => Promise<unknown>): Promise<{ fault: string; ms: number }> {
  const began = performance.now();
  const fault = await call().then(
    () => 'ok',
    (error: unknown) => (error instanceof UpstreamError ? error.fault : String(error)),
  );
  return { fault, ms: performance.now() - began };
}

export async function inTurn(times: number, call: () => Promise<unknown>): Promise<string[]> {
  const faults: string[] = [];
  for (let index = 0; index < times; index += 1) faults.push((await timed(call)).fault);
  return faults;
}

/** Waits until something holds. */
export async function until(holds: () => boolean, patienceMs = 5000): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error('it did not come about');
    await sleep(2);
  }
}
