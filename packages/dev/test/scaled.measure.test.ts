import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '@customer360/testing/ask';
import { readOperation } from '@customer360/testing/operations';
import type { TraceCollector } from '@customer360/testing/trace-collector';
import { startTraceCollector } from '@customer360/testing/trace-collector';
import { subgraphNames } from '../src/addresses.ts';
import { buildWeb } from '../src/build-web.ts';
import { freeAddresses } from '../src/free-ports.ts';
import { paths } from '../src/paths.ts';
import { readScaled } from '../src/read-scaled.ts';
import type { Scaled, ScaledService } from '../src/scaled.ts';
import { startScaled } from '../src/scaled.ts';
import { writeSupergraph } from '../src/write-supergraph.ts';
import { accountIds, richAccount } from './expected.ts';
import { startLoad } from './load.ts';
import { familyOf, runs, until } from './processes.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

const size = 100;
const perSecond = 20;
const services = ['gateway', ...subgraphNames] as const;
const lines: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'customer360-scaled-'));
let collector: TraceCollector;
let scaled: Scaled;
let embedded: Product;
let ids: string[];
/** Every process of the run that was ever seen. */
const seen = new Set<number>();

beforeAll(async () => {
  collector = await startTraceCollector();
  scaled = await startScaled({
    copies: 2,
    sandboxes: { size, marketo: { limits: { perWindow: 100_000 } } },
    env: {
      DRAIN_DELAY_MS: '500',
      MARKETO_CALLS_PER_20_S: '100000',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '300',
    },
    supergraphPath: join(folder, 'supergraph.graphql'),
    log: (line) => lines.push(line),
  });
  embedded = await startProduct({ size });
  ids = accountIds(embedded.world, size);
}, 60_000);
afterAll(async () => {
  await scaled?.close();
  await embedded?.[Symbol.asyncDispose]();
  await collector?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(look);

function look() {
  for (const pid of familyOf(process.pid)) if (pid !== process.pid) seen.add(pid);
}

const serviceOf = (name: (typeof services)[number]): ScaledService =>
  name === 'gateway' ? scaled.gateway : scaled.subgraphs[name];
const customer = `query Everywhere($id: ID!) {
  customer(id: $id) { name openBalance engagementScore }
  sourceStatus { source }
}`;
const bodyOf = (index: number) => ({ query: customer, variables: { id: ids[index % ids.length] } });

test.each([
  ['rail', () => ({ accountId: richAccount(embedded.world) })],
  ['table', () => ({ first: 50 })],
  ['dashboard', () => ({})],
])('%s is answered as by everything in one process', async (name, variables) => {
  const [one, other] = await Promise.all(
    [embedded.gateway, scaled.gateway].map(({ url }) => ask(url, readOperation(name), variables())),
  );
  // When data was read is different by nature.
  const plain = (answer: typeof one) => JSON.stringify(answer?.data).replaceAll(/"asOf":"[^"]+"/g, '"asOf":"then"');

  expect([one?.errors, other?.errors]).toEqual([[], []]);
  expect(plain(other).length).toBeGreaterThan(500);
  expect(plain(other)).toBe(plain(one));
});

test('every copy of every service answers', async () => {
  const answered = (name: string) =>
    new Set(collector.spans.filter(({ service, kind }) => service === name && kind === 2).map(({ pid }) => pid));
  const all = () =>
    services.every((name) =>
      serviceOf(name)
        .copies()
        .every((pid) => answered(name).has(pid)),
    );
  const running = startLoad(scaled.gateway.url, 100, bodyOf);
  await until('each copy has answered', all, 10_000).catch(() => undefined);
  const requests = await running.stop();

  expect(requests.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  for (const name of services) {
    expect(serviceOf(name).copies()).toHaveLength(2);
    expect([...answered(name)].sort()).toEqual(serviceOf(name).copies().sort());
  }
});

async function setFaults(faults: object) {
  for (const { url } of Object.values(scaled.sandboxes.vendors)) {
    await fetch(`${url}/_control/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  }
}

test.each(services)(
  'a copy of %s that is killed loses at most what was under way on it, and is replaced',
  async (name) => {
    const service = serviceOf(name);
    const [victim = 0] = service.copies();
    // So that something is under way.
    await setFaults({ latencyMs: 100 });
    const running = startLoad(scaled.gateway.url, perSecond, bodyOf);
    await sleep(500);
    const killed = performance.now();
    process.kill(victim, 'SIGKILL');
    // Until its death is noticed it is still given work, which is under way on it too.
    await until('its death is noticed', () => !service.copies().includes(victim), 1000);
    const noticed = performance.now();
    await setFaults({});
    await until('it is replaced', () => service.copies().length === 2, 5000);
    const backMs = Math.round(performance.now() - killed);
    const requests = await running.stop();
    const hurt = requests.filter(({ outcome, again }) => outcome !== 'ok' || again);
    const underWay = requests.filter(({ began, ended }) => began < noticed && ended > killed);
    process.stdout.write(
      `${name}: ${requests.length} requests, ${underWay.length} under way, ${hurt.length} hurt, back in ${backMs} ms\n`,
    );

    expect(requests.length).toBeGreaterThan(15);
    expect(hurt.filter((request) => !underWay.includes(request))).toEqual([]);
    // What breaks behind the gateway is never worse than an answer that says what it lacks.
    if (name !== 'gateway') expect(hurt.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  },
  10_000,
);

test('a rolling restart of every service loses no request', async () => {
  const before = services.flatMap((name) => serviceOf(name).copies());
  const running = startLoad(scaled.gateway.url, perSecond, bodyOf);
  await sleep(300);
  await Promise.all(services.map((name) => serviceOf(name).restart()));
  await sleep(300);
  const requests = await running.stop();
  const after = services.flatMap((name) => serviceOf(name).copies());
  const again = requests.filter((request) => request.again).length;
  process.stdout.write(`rolling restart: ${requests.length} requests, ${again} of them on a connection that ended\n`);

  expect(after).toHaveLength(before.length);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  expect(before.filter(runs)).toEqual([]);
  expect(requests.length).toBeGreaterThan(50);
  expect(requests.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
}, 30_000);

test('a supervising process that is killed takes its copies along, and all come back', async () => {
  const service = scaled.subgraphs.netsuite;
  const [supervisor, copies] = [service.pid(), service.copies()];
  process.kill(supervisor, 'SIGKILL');
  await until(
    'two others',
    () => service.copies().length === 2 && !service.copies().some((pid) => copies.includes(pid)),
    5000,
  );
  expect([supervisor, ...copies].filter(runs)).toEqual([]);
  expect((await ask(scaled.gateway.url, customer, { id: ids[0] })).errors).toEqual([]);
});

test('Redis is ours, and comes back', async () => {
  const [pid = 0] = scaled.redis.process?.copies() ?? [];
  expect(scaled.redis.url).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/);
  process.kill(pid, 'SIGKILL');
  const another = () => ![undefined, pid].includes(scaled.redis.process?.copies()[0]);
  await until('another Redis', another, 5000);
});

test('copies log JSON lines that say which copy they are of', async () => {
  const from = lines.length;
  await setFaults({ outage: 'refuse' });
  const { data } = await ask(scaled.gateway.url, customer, { id: ids[1] });
  await setFaults({});
  await until('a line', () => lines.length > from, 2000);

  expect(data.customer?.openBalance ?? null).toBeNull();
  const logged = lines.map((line) => JSON.parse(line));
  expect(logged.filter(({ copy }) => copy !== 1 && copy !== 2)).toEqual([]);
  expect(logged.slice(from)).toContainEqual(expect.objectContaining({ name: 'netsuite', level: expect.any(Number) }));
});

test('close ends every process, within five seconds', async () => {
  look();
  const began = performance.now();
  await scaled.close();
  expect(performance.now() - began).toBeLessThan(5000);
  expect(seen.size).toBeGreaterThan(18);
  expect([...seen].filter(runs)).toEqual([]);
}, 10_000);

describe('npm start -- --scaled', () => {
  beforeAll(() => buildWeb(writeSupergraph), 60_000);

  const start = (port: number, env: NodeJS.ProcessEnv = {}) => {
    const args = ['--disable-warning=ExperimentalWarning', join(paths.root, 'packages/dev/src/start-main.ts')];
    const child = spawn(process.execPath, [...args, '--scaled', '1', '--port-base', String(port), '--size', '20'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { pid: child.pid as number, output: () => output, ended };
  };

  test('Ctrl-C and a killed starter leave nothing running after five seconds', async () => {
    const startAndEnd = async (signal: 'SIGINT' | 'SIGKILL') => {
      const { ports } = await freeAddresses();
      const run = start(ports.gateway);
      await until('it is ready', () => run.output().includes('Ready in'), 20_000);
      const family = familyOf(run.pid);
      process.kill(run.pid, signal);
      for (const port of Object.values(ports)) expect(run.output()).toContain(`127.0.0.1:${port}`);
      // The starter, seven that supervise, six services, Redis.
      expect(family).toHaveLength(15);
      await until('all are gone', () => !family.some(runs), 5000);
      return run.ended;
    };
    expect(await Promise.all([startAndEnd('SIGINT'), startAndEnd('SIGKILL')])).toEqual([0, null]);
  }, 30_000);

  test('a port that is taken is one plain sentence', async () => {
    const { ports } = await freeAddresses();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(ports.redis, '127.0.0.1', resolve));
    const run = start(ports.gateway);
    expect(await run.ended).toBe(1);
    blocker.close();
    expect(run.output()).toBe(`Port ${ports.redis} is taken by another program. Stop it or choose other ports.\n`);
  });

  test('a setting that cannot be used and a Redis that is not installed are one plain sentence each', async () => {
    const [wrong, without] = [
      start((await freeAddresses()).ports.gateway, { MAX_DEPTH: 'deep' }),
      start((await freeAddresses()).ports.gateway, { PATH: folder }),
    ];
    expect(await Promise.all([wrong.ended, without.ended])).toEqual([1, 1]);
    expect(wrong.output()).toMatch(/^The settings cannot be used\. MAX_DEPTH: .*\n$/);
    expect(without.output()).toMatch(/^redis-server is not installed\. .*REDIS_URL.*\n$/);
  }, 20_000);
});

test.each([
  [['--size', '5'], { copies: 0, rest: ['--size', '5'] }],
  [['--scaled'], { copies: 2, rest: [] }],
  [['--scaled', '--size', '5'], { copies: 2, rest: ['--size', '5'] }],
  [['--seed', '1', '--scaled', '3', '--size', '5'], { copies: 3, rest: ['--seed', '1', '--size', '5'] }],
  [['--scaled=4'], { copies: 4, rest: [] }],
])('%j is read', (args, expected) => {
  expect(readScaled(args)).toEqual(expected);
});

test.each([['0'], ['17'], ['two'], ['']])('%j copies are refused in one sentence', (text) => {
  expect(() => readScaled([`--scaled=${text}`])).toThrow(`from 1 to 16; it is "${text}".`);
});
