import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FakeGraph } from './graph.ts';
import { startGraph } from './graph.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const node = process.execPath;
const prices = () => ({ data: { shop: { revenue: 12.5, costs: 3 } } });
const query = JSON.stringify({ query: '{ shop(id: "7") { name revenue } }' });

/** A gateway in a process of its own over the fake subgraphs. */
async function startProcess({ supergraphPath }: FakeGraph, env: Record<string, string> = {}) {
  const child = spawn(node, [main], {
    env: { PATH: process.env.PATH, PORT: '0', SUPERGRAPH_PATH: supergraphPath, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, at: performance.now() }));
  let said = '';
  for await (const part of child.stdout as AsyncIterable<Buffer>) {
    said += part;
    const url = /http:\S+/.exec(said)?.[0];
    if (!url) continue;
    return {
      url,
      ended,
      child,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error(`The gateway did not start: ${said}`);
}

const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** One request over a connection that would be kept. */
function send(url: string, path = '/graphql', body?: string) {
  return new Promise<{ status: number | undefined; connection: string | undefined; text: string }>(
    (resolve, reject) => {
      const sent = request(
        `${url}${path}`,
        { agent, method: body ? 'POST' : 'GET', headers: { 'content-type': 'application/json' } },
        async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
          const { statusCode, headers } = response;
          resolve({ status: statusCode, connection: headers.connection, text: Buffer.concat(chunks).toString() });
        },
      );
      sent.once('error', reject).end(body);
    },
  );
}

test('on SIGTERM readiness turns false first, then what is under way is finished and the process ends', async () => {
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const raw = (response: ServerResponse) => {
    begun.resolve();
    void held.promise.then(() => response.end('{"data":{"shop":{"id":"7","name":"Corner"}}}'));
  };
  await using graph = await startGraph({ stock: raw, prices });
  await using gateway = await startProcess(graph, { DRAIN_DELAY_MS: '600' });
  const before = await send(gateway.url, '/health/ready');
  const slow = send(gateway.url, '/graphql', query);
  await begun.promise;
  gateway.child.kill('SIGTERM');
  await sleep(200);
  const after = await send(gateway.url, '/health/ready');
  const live = await send(gateway.url, '/health/live');
  await sleep(800);
  await expect(send(gateway.url, '/health/live')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  held.resolve();
  const answer = await slow;
  const { code } = await gateway.ended;

  expect(before).toMatchObject({ status: 200, connection: 'keep-alive' });
  expect(after).toMatchObject({ status: 503, connection: 'close' });
  expect(JSON.parse(after.text)).toMatchObject({ status: 'stopping' });
  expect(live).toMatchObject({ status: 200, connection: 'close' });
  expect(answer).toMatchObject({ status: 200, connection: 'close' });
  expect(JSON.parse(answer.text)).toEqual({ data: { shop: { name: 'Corner', revenue: 12.5 } } });
  expect(code).toBe(0);
});

test('with nothing under way it ends at once, idle connections or not, also on two signals', async () => {
  await using graph = await startGraph({ stock: () => ({ data: { shop: { id: '7', name: 'Corner' } } }), prices });
  await using gateway = await startProcess(graph);
  expect((await send(gateway.url, '/graphql', query)).status).toBe(200);
  const asked = performance.now();
  gateway.child.kill('SIGINT');
  gateway.child.kill('SIGTERM');
  const { code, at } = await gateway.ended;

  expect(code).toBe(0);
  expect(at - asked).toBeLessThan(1500);
});

test('a hung subgraph holds the end no longer than its deadline allows, and never past 20 s', async () => {
  const begun = Promise.withResolvers<void>();
  const raw = () => begun.resolve();
  await using graph = await startGraph({ stock: raw, prices });
  await using patient = await startProcess(graph, { SUBGRAPH_TIMEOUT_MS: '120000' });
  await using hasty = await startProcess(graph, { SUBGRAPH_TIMEOUT_MS: '1000' });
  const cut = send(patient.url, '/graphql', query).catch((error: unknown) => error);
  const answered = send(hasty.url, '/graphql', query);
  await begun.promise;
  await sleep(100);
  const asked = performance.now();
  hasty.child.kill('SIGTERM');
  patient.child.kill('SIGTERM');
  const { status, text } = await answered;
  const first = await hasty.ended;
  const last = await patient.ended;

  expect(status).toBe(200);
  expect(JSON.parse(text).errors[0].extensions.code).toBe('UPSTREAM_TIMEOUT');
  expect(first.at - asked).toBeLessThan(3000);
  expect(last.at - asked).toBeLessThan(20_000);
  expect(await cut).toMatchObject({ code: 'ECONNRESET' });
}, 30_000);

test('SIGHUP makes it read its graph again', async () => {
  await using graph = await startGraph({ stock: () => ({ data: { shop: null } }), prices });
  let sdl = graph.compose();
  const registry = createServer((_, response) => response.end(sdl));
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  await using gateway = await startProcess(graph, {
    SUPERGRAPH_URL: `http://127.0.0.1:${port}/`,
    SUPERGRAPH_POLL_S: '3600',
  });
  const id = async () => JSON.parse((await send(gateway.url, '/health/ready')).text).supergraph;
  const before = await id();
  sdl += '\n# another text';
  gateway.child.kill('SIGHUP');
  await sleep(600);
  const after = await id();
  registry.closeAllConnections();
  registry.close();

  expect(before).toMatch(/^[0-9a-f]{16}$/);
  expect(after).not.toBe(before);
});
