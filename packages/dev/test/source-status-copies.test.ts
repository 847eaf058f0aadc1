import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { startNetsuite } from '@customer360/sandbox/netsuite/server';
import type { RunningVendor } from '@customer360/sandbox/vendor/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { ask } from '@customer360/testing/ask';
import type { RunningRedis } from '@customer360/testing/redis-server';
import { startRedis } from '@customer360/testing/redis-server';
import type { Subgraph } from '../src/addresses.ts';
import { paths } from '../src/paths.ts';
import { accountIds } from './expected.ts';
import { until } from './processes.ts';

const resetMs = 3000;
const query = `{ sourceStatusOf(source: NETSUITE) {
  state since lastSuccessAt errorRate nextTryAt message instances { reporting down }
} }`;

let redis: RunningRedis;
let world: World;
let netsuite: RunningVendor;
const started: { stop(signal?: NodeJS.Signals): Promise<void> }[] = [];

beforeAll(async () => {
  world = openWorld({ size: 60 });
  [redis, netsuite] = await Promise.all([startRedis(), startNetsuite({ host: '127.0.0.1', port: 0, world })]);
});
afterAll(async () => {
  await Promise.all(started.map((service) => service.stop()));
  await netsuite.close();
  await redis.stop();
  world.close();
});

/** A subgraph as a deployment runs it: a process of its own, told everything by its environment. */
async function startProcess(name: Subgraph) {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    REDIS_URL: redis.url,
    NETSUITE_BASE_URL: netsuite.url,
    NETSUITE_RESET_TIMEOUT_MS: String(resetMs),
    LOG_LEVEL: 'silent',
    CACHE_KEPT_MS: '0',
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', paths.mainOf(name)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  started.push({ stop });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = / is ready at (\S+)/.exec(line) ?? [];
    if (url) return { url, stop };
  }
  throw new Error(`${name} did not start.`);
}

test('two copies over Redis: each is heard, they may disagree, and one that is gone is forgotten', async () => {
  const [one, other, workspace] = await Promise.all([
    startProcess('netsuite'),
    startProcess('netsuite'),
    startProcess('workspace'),
  ]);
  const status = async (at = workspace.url) => {
    const { data, errors } = await ask(at, query);
    expect(errors).toEqual([]);
    return data.sourceStatusOf;
  };
  const isTold = (what: string, holds: (told: Awaited<ReturnType<typeof status>>) => boolean, limitMs = 2000) =>
    until(what, async () => holds(await status()), limitMs);
  const askAll = async ({ url }: { url: string }, count = 12) => {
    for (const id of accountIds(world, count)) await ask(url, `{ customer(id: "${id}") { openBalance } }`);
  };
  await isTold('both report', ({ instances }) => instances.reporting === 2);
  expect(await status()).toMatchObject({ state: 'CLOSED', message: null, instances: { down: 0 } });

  netsuite.control.setFaults({ outage: '503' });
  await askAll(one);
  const heardMs = await isTold('one is down', ({ instances }) => instances.down === 1);
  expect(await status()).toMatchObject({
    state: 'OPEN',
    errorRate: 1,
    message: expect.stringMatching(/^NetSuite is temporarily unavailable to 1 of 2 copies\. Next try in [123] s\.$/),
  });
  await askAll(other);
  await isTold('both are down', ({ instances }) => instances.down === 2);
  const down = await status();
  expect(down).toMatchObject({ state: 'OPEN', message: expect.not.stringContaining('copies') });

  // One that starts later knows what the others have told before.
  const fresh = await startProcess('workspace');
  expect(await status(fresh.url)).toMatchObject({
    state: 'OPEN',
    since: down.since,
    instances: { reporting: 2, down: 2 },
  });

  netsuite.control.heal();
  await isTold('a probe is due', ({ nextTryAt }) => nextTryAt === null, 2 * resetMs);
  await Promise.all([askAll(one, 1), askAll(other, 1)]);
  await isTold('both are well', ({ instances }) => instances.down === 0);
  const well = await status();
  expect(well).toMatchObject({ state: 'CLOSED', message: null });
  expect(Date.parse(well.lastSuccessAt)).toBeGreaterThan(Date.parse(down.since));

  await one.stop();
  const goneMs = await isTold(
    'the one that said good-bye is forgotten',
    ({ instances }) => instances.reporting === 1,
    1000,
  );
  await other.stop('SIGKILL');
  expect((await status()).instances.reporting).toBe(1);
  const silentMs = await isTold('the silent one is forgotten', ({ instances }) => instances.reporting === 0, 10_000);
  expect(await status()).toMatchObject({ state: null, message: 'The NetSuite subgraph does not report.' });
  process.stdout.write(
    `told after ${Math.round(heardMs)} ms, forgotten after ${Math.round(goneMs)} ms, when silent after ${Math.round(silentMs)} ms\n`,
  );
}, 60_000);
