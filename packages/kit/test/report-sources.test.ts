import { eventually } from '@customer360/testing/eventually';
import { startRedis } from '@customer360/testing/redis-server';
import type { Bus } from '../src/bus/bus.ts';
import { createMemoryBus } from '../src/bus/memory-bus.ts';
import { createRedisBus } from '../src/bus/redis-bus.ts';
import { createCacheHealth } from '../src/cache/cache-health.ts';
import { UpstreamError } from '../src/errors.ts';
import { createLimiter } from '../src/limiter/limiter.ts';
import { createLogger } from '../src/logger.ts';
import { createVendorPolicy } from '../src/policy.ts';
import { createReadLog } from '../src/reads.ts';
import { reportSources } from '../src/report-sources.ts';
import { createSourceHealth } from '../src/source-health.ts';
import type { SourceReport } from '../src/source-report.ts';
import { reportRequestTopic, reportTopic, sourceReport } from '../src/source-report.ts';
import { startSubgraph } from '../src/subgraph.ts';

const logger = createLogger('reports', 'silent');
const fail = () => Promise.reject(new UpstreamError('MARKETO', 'unavailable', 'secret detail'));

/** A bus of a process of its own. */
function openBus(url: string) {
  const bus = createRedisBus({ urls: [url] }, logger);
  return { bus, [Symbol.asyncDispose]: () => bus.close() };
}

/** What is told on a bus, each report as any reader takes it. */
function listen(bus: Bus): SourceReport[] {
  const heard: SourceReport[] = [];
  bus.subscribe(reportTopic, (message) => heard.push(sourceReport.parse(message)));
  return heard;
}

test('a copy reports when it starts, at every change, when asked, every few seconds, and when it ends', async () => {
  const bus = createMemoryBus(logger);
  const heard = listen(bus);
  const policy = createVendorPolicy({ system: 'MARKETO' });
  const end = reportSources({ bus, sources: [policy.health], everyMs: 200 });
  expect(heard).toHaveLength(1);

  for (let call = 0; call < 10; call += 1) await policy.write(fail).catch(() => undefined);
  expect(heard.map(({ state }) => state)).toEqual(['CLOSED', 'OPEN']);
  await bus.publish(reportRequestTopic, {});
  expect(heard).toHaveLength(3);
  await eventually(() => heard.length >= 5, 1000);
  const beaten = heard.length;
  policy.health.changed('HALF_OPEN', 0);
  await end();
  expect(heard).toHaveLength(beaten + 1);
  await bus.publish(reportRequestTopic, {});
  policy.health.changed('CLOSED', 0);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(heard).toHaveLength(beaten + 1);

  expect(heard.map(({ nextWithinMs }) => nextWithinMs)).toEqual([...new Array(beaten).fill(200), null]);
  expect(new Set(heard.map(({ instance }) => instance)).size).toBe(1);
  expect(heard[1]).toEqual({
    source: 'MARKETO',
    instance: expect.any(String),
    nextWithinMs: 200,
    state: 'OPEN',
    since: expect.any(Number),
    retryAt: expect.any(Number),
    coolingDown: false,
    credentialsRefused: false,
    lastSuccessAt: null,
    calls: 10,
    errorRate: 1,
    p95Ms: expect.any(Number),
    quota: null,
    cachedAsOf: null,
  });
});

test('the answer that closes a circuit is told with it', async () => {
  let ahead = 0;
  const bus = createMemoryBus(logger);
  const heard = listen(bus);
  const policy = createVendorPolicy({ system: 'MARKETO', clock: () => performance.now() + ahead });
  const end = reportSources({ bus, sources: [policy.health] });
  for (let call = 0; call < 10; call += 1) await policy.write(fail).catch(() => undefined);
  ahead += 31_000;
  await policy.run(async () => 1);
  await end();

  expect(heard.map(({ state }) => state)).toEqual(['CLOSED', 'OPEN', 'HALF_OPEN', 'CLOSED', 'CLOSED']);
  expect(heard[3]).toMatchObject({ lastSuccessAt: expect.any(Number), calls: 11 });
});

test('throttling, quota and the age of what is given out are told', async () => {
  const bus = createMemoryBus(logger);
  const heard = listen(bus);
  const periodOf = () => ({ id: 'd', endsAt: new Date(2e12) });
  const limiter = createLimiter({ system: 'MARKETO', leaseMs: 1000, limits: { quota: { calls: 100, periodOf } } });
  const policy = createVendorPolicy({ system: 'MARKETO', limiter });
  const end = reportSources({ bus, sources: [policy.health], cachedAsOf: () => 42 });
  await policy.run(async () => 1);
  await policy.run(() => Promise.reject(new UpstreamError('MARKETO', 'busy', 'slow down'))).catch(() => undefined);
  await end();

  expect(heard[1]).toMatchObject({
    coolingDown: true,
    retryAt: expect.any(Number),
    lastSuccessAt: expect.any(Number),
    quota: { used: 2, limit: 100, left: 98, resetsAt: 2e12 },
    cachedAsOf: 42,
  });
});

test('a probe that fails does not make an outage younger', () => {
  let now = 1000;
  const health = createSourceHealth({ system: 'MARKETO', clock: () => now, now: () => now });
  const since = () => health.status().since.getTime();
  for (const [state, at, expected] of [
    ['OPEN', 2000, 2000],
    ['HALF_OPEN', 3000, 2000],
    ['OPEN', 4000, 2000],
    ['HALF_OPEN', 5000, 2000],
    ['CLOSED', 6000, 6000],
  ] as const) {
    now = at;
    health.changed(state, 0);
    expect(since()).toBe(expected);
  }
});

test('a subgraph reports from its start to its end, over Redis too', async () => {
  await using redis = await startRedis();
  await using one = openBus(redis.url);
  await using two = openBus(redis.url);
  const heard = listen(two.bus);
  const service = await startSubgraph({
    name: 'things',
    typeDefs: 'type Query { thing: String }',
    resolvers: {},
    createContext: () => ({ reads: createReadLog(Date.now) }),
    host: '127.0.0.1',
    port: 0,
    running: { drainDelayMs: 0, traces: null },
    logger,
    sources: [createSourceHealth({ system: 'SALESFORCE' })],
    bus: one.bus,
    caches: [{ ...createCacheHealth('SALESFORCE'), cachedAsOf: () => 7 }],
  });
  await eventually(() => heard.length >= 1).finally(() => service.close());
  await eventually(() => heard.length >= 2);

  expect(heard).toMatchObject([
    { source: 'SALESFORCE', nextWithinMs: 3000, cachedAsOf: 7 },
    { source: 'SALESFORCE', nextWithinMs: null },
  ]);
});

test('an answer that is nobody else’s is good for no time, whatever was read for it', () => {
  const log = createReadLog(() => 1000, { goodForMs: 0 });
  expect(log.provenance().freshForMs).toBe(0);
  const read = { source: 'MARKETO', origin: 'LIVE', loadedAt: 0, freshUntil: 9000, staleBecause: null } as const;
  log.take({ ...read, value: 1 }, []);
  expect(log.provenance().freshForMs).toBe(0);
  expect(createReadLog(() => 1000).provenance().freshForMs).toBeGreaterThan(0);
});
