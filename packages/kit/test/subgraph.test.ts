import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError, UserInputError } from '../src/errors.ts';
import type { Logger } from '../src/logger.ts';
import { createLogger } from '../src/logger.ts';
import { createReadLog } from '../src/reads.ts';
import type { Running } from '../src/settings.ts';
import { startSubgraph } from '../src/subgraph.ts';

const start = (thrown: unknown, options: { logger?: Logger; running?: Running; warmUp?(): Promise<void> } = {}) =>
  startSubgraph({
    name: 'things',
    typeDefs: 'type Query { thing: String other: String }',
    resolvers: {
      Query: {
        thing: () => {
          throw thrown;
        },
        other: () => 'here',
      },
    },
    createContext: () => ({ reads: createReadLog(Date.now) }),
    host: '127.0.0.1',
    port: 0,
    running: { drainDelayMs: 0, traces: null },
    logger: createLogger('things', 'silent'),
    ...options,
  });

interface Body {
  data: unknown;
  errors: { extensions: unknown }[];
}

const ask = async (url: string, query: string) => {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as Body;
  return { status: answer.status, body: { data, errors } };
};

test('a vendor fault becomes null with one error that names the system', async () => {
  const service = await start(new UpstreamError('NETSUITE', 'unavailable', 'secret detail 42'));
  const { status, body } = await ask(service.url, '{ thing other }');
  await service.close();

  expect(status).toBe(200);
  expect(body).toEqual({
    data: { thing: null, other: 'here' },
    errors: [
      {
        message: 'NetSuite is temporarily unavailable. Try again in a moment.',
        path: ['thing'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'NETSUITE' },
      },
    ],
  });
});

test('our own mistake is masked', async () => {
  const service = await start(new Error('password=hunter2'));
  const { body } = await ask(service.url, '{ thing }');
  await service.close();

  expect(JSON.stringify(body)).not.toContain('hunter2');
  expect(body.errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
});

test.each([
  [new UserInputError('first must be from 1 to 200.', 'first'), 'debug'],
  [new UpstreamError('NETSUITE', 'unavailable', 'answered 503'), 'warn'],
  [new TypeError('x is not a function'), 'error'],
])('%s is logged at %s', async (thrown, level) => {
  const written: string[] = [];
  const logger = createLogger('things', 'silent');
  for (const name of ['debug', 'warn', 'error'] as const) logger[name] = () => void written.push(name);
  const service = await start(thrown, { logger });
  await ask(service.url, '{ thing }');
  await service.close();

  expect(written).toEqual([level]);
});

test('a warm-up that fails or never ends does not stop the start', async () => {
  const failed = await start(null, { warmUp: () => Promise.reject(new Error('the vendor is dead')) });
  await failed.close();
  const startedAt = performance.now();
  const hung = await start(null, { warmUp: () => sleep(60_000, undefined, { ref: false }) });
  await hung.close();

  expect(performance.now() - startedAt).toBeLessThan(4000);
});

test('health says live and ready; other addresses say where the graph is', async () => {
  const service = await start(null);
  const ready = await fetch(`${service.url}/health/ready`);
  const nowhere = await fetch(`${service.url}/nowhere`);
  await service.close();

  expect(ready.status).toBe(200);
  expect(nowhere.status).toBe(404);
});

test('a subgraph that drains says so, answers on, and ends connections with their next answer', async () => {
  const service = await start(null, { running: { drainDelayMs: 300, traces: null } });
  const began = performance.now();
  const drained = service.drain();
  const ready = await fetch(`${service.url}/health/ready`);
  const answer = await ask(service.url, '{ other }');
  await drained;
  const waitedMs = performance.now() - began;
  await service.close();

  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ status: 'stopping' });
  expect(ready.headers.get('connection')).toBe('close');
  expect(answer.body.data).toEqual({ other: 'here' });
  expect(waitedMs).toBeGreaterThan(290);
});
