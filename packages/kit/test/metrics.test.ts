import { UpstreamError } from '../src/errors.ts';
import { createLimiter } from '../src/limiter/limiter.ts';
import { createLogger } from '../src/logger.ts';
import { createMetrics } from '../src/metrics.ts';
import { createVendorPolicy } from '../src/policy.ts';
import { createReadLog } from '../src/reads.ts';
import { startSubgraph } from '../src/subgraph.ts';

type Line = Record<string, unknown>;

/** A subgraph whose one vendor does as it is told. */
async function startThings() {
  const periodOf = () => ({ id: 'today', endsAt: new Date(Date.now() + 60_000) });
  const limiter = createLimiter({ system: 'MARKETO', leaseMs: 1000, limits: { quota: { calls: 100, periodOf } } });
  const policy = createVendorPolicy({ system: 'MARKETO', limiter });
  const logger = createLogger('things', 'silent');
  const lines: Line[] = [];
  const write = (line: Line, message: string) => void lines.push({ ...line, message });
  logger.info = write as typeof logger.info;
  logger.warn = write as typeof logger.warn;
  const metrics = createMetrics();
  const told: { fault: 'malformed' | null } = { fault: null };
  const thing = () =>
    policy.run(async () => {
      if (told.fault) throw new UpstreamError('MARKETO', told.fault, 'secret detail');
      return 'well';
    });
  const service = await startSubgraph({
    name: 'things',
    typeDefs: 'type Query { thing: String other: String }',
    resolvers: { Query: { thing, other: () => 'here' } },
    createContext: () => ({ reads: createReadLog(Date.now) }),
    host: '127.0.0.1',
    port: 0,
    running: { drainDelayMs: 0, traces: null },
    logger,
    sources: [policy.health],
    metrics,
  });
  return {
    lines,
    told,
    metrics,
    ask: (query: string) =>
      fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }).then((answer) => answer.json()),
    figures: async () => (await fetch(`${service.url}/metrics`)).text(),
    [Symbol.asyncDispose]: () => service.close(),
  };
}

test('vendor calls, breaker and quota are served at /metrics, with whatever else was registered', async () => {
  await using things = await startThings();
  await things.ask('{ thing }');
  things.told.fault = 'malformed';
  for (let request = 0; request < 12; request += 1) await things.ask('{ thing }');
  const text = await things.figures();

  expect(text).toContain('vendor_call_duration_seconds_count{source="MARKETO",outcome="ok"} 1');
  expect(text).toContain('vendor_call_duration_seconds_count{source="MARKETO",outcome="malformed"} 9');
  expect(text).toContain('vendor_calls_not_made_total{source="MARKETO",reason="open"} 3');
  expect(text).toContain('vendor_breaker_state{source="MARKETO"} 2');
  expect(text).toContain('vendor_cool_down_seconds{source="MARKETO"} 0');
  expect(text).toContain('vendor_quota_used{source="MARKETO"} 10');
  expect(text).toContain('vendor_quota_left{source="MARKETO"} 90');
  expect(text).toContain('subgraph_request_duration_seconds_count{outcome="partial"} 12');
  expect(text).toContain('process_cpu_seconds_total');
});

test('each request is one line, with the vendor calls that it alone made', async () => {
  await using things = await startThings();
  await Promise.all([
    things.ask('query Two { a: thing b: thing }'),
    things.ask('query None { other }'),
    things.ask('query One { thing }'),
  ]);
  await things.ask('query Wrong { nothing }');
  const requests = things.lines.filter(({ message }) => message === 'request answered');

  const of = (name: string) => requests.filter(({ operationName }) => operationName === name);
  expect(of('Two')).toEqual([expect.objectContaining({ vendorCalls: { MARKETO: 2 }, outcome: 'ok' })]);
  expect(of('None')).toEqual([expect.objectContaining({ vendorCalls: {}, outcome: 'ok', ms: expect.any(Number) })]);
  expect(of('One')).toEqual([expect.objectContaining({ vendorCalls: { MARKETO: 1 }, outcome: 'ok' })]);
  expect(requests).toHaveLength(4);
  expect(requests.at(-1)).toMatchObject({ outcome: 'refused', vendorCalls: {} });
});

test('a change of the circuit is one line without what the vendor said', async () => {
  await using things = await startThings();
  things.told.fault = 'malformed';
  for (let request = 0; request < 15; request += 1) await things.ask('{ thing }');
  const changes = things.lines.filter(({ message }) => message === 'vendor circuit changed');

  expect(changes).toEqual([expect.objectContaining({ system: 'MARKETO', was: 'CLOSED', state: 'OPEN' })]);
  expect(JSON.stringify(changes)).not.toContain('secret');
});
