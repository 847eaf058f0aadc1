import { mkdtempSync, unlinkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@customer360/kit/logger';
import { ask } from '@customer360/testing/ask';
import type { Asked, FakeGraph } from './graph.ts';
import { schemas, startGraph } from './graph.ts';

const answers = (): FakeGraph['answer'] => ({
  stock: ({ variables }: Asked) => ({ data: { shop: { id: variables.id, name: 'Corner', city: 'Bergen' } } }),
  prices: () => ({ data: { shop: { revenue: 12.5, costs: 3 } } }),
});
const withCity = { stock: schemas.stock.replace('name: String', 'name: String city: String') };
const withoutName = { stock: schemas.stock.replace('name: String', 'city: String') };
const ready = async ({ gateway }: FakeGraph) => {
  const response = await fetch(`${gateway.url}/health/ready`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const named = 'query Name($id: ID!) { shop(id: $id) { id name revenue } }';

/** Keeps what is logged, by level. */
function watchedLogger() {
  const logger = createLogger('test', 'silent');
  const lines: { level: string; entry: Record<string, unknown>; message: string }[] = [];
  for (const level of ['info', 'warn', 'error'] as const) {
    logger[level] = (entry: unknown, message?: string) =>
      void lines.push({ level, entry: entry as Record<string, unknown>, message: message ?? '' });
  }
  return { logger, lines };
}

test('a reload under 200 requests a second loses none, and the new field is answered after it', async () => {
  await using graph = await startGraph(answers());
  const rounds = 3000 / 5;
  const sent: ReturnType<typeof ask>[] = [];
  const load = (async () => {
    const began = performance.now();
    for (let number = 0; number < rounds; number += 1) {
      // Each its own, so that none is answered along with another.
      sent.push(ask(graph.gateway.url, named, { id: `shop-${number}` }));
      await sleep(Math.max(0, began + 5 * number - performance.now()));
    }
  })();
  for (let switches = 0; switches < 4; switches += 1) {
    await sleep(500);
    writeFileSync(graph.supergraphPath, graph.compose(switches % 2 ? {} : withCity));
    await graph.gateway.reload?.();
  }
  await load;
  const all = await Promise.all(sent);
  writeFileSync(graph.supergraphPath, graph.compose(withCity));
  await graph.gateway.reload?.();
  const city = await ask(graph.gateway.url, '{ shop(id: "1") { city } }');

  expect(all).toHaveLength(rounds);
  all.forEach(({ status, data, errors }, number) => {
    expect({ status, data, errors }).toEqual({
      status: 200,
      data: { shop: { id: `shop-${number}`, name: 'Corner', revenue: 12.5 } },
      errors: [],
    });
  });
  expect(city).toMatchObject({ status: 200, data: { shop: { city: 'Bergen' } }, errors: [] });
});

test('a request that began before the switch ends on the graph it began with', async () => {
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const raw = (response: ServerResponse) => {
    begun.resolve();
    void held.promise.then(() => response.end('{"data":{"shop":{"id":"1","name":"Corner"}}}'));
  };
  await using graph = await startGraph({ ...answers(), stock: raw });
  const slow = ask(graph.gateway.url, '{ shop(id: "1") { name } }');
  await begun.promise;
  writeFileSync(graph.supergraphPath, graph.compose(withoutName));
  await graph.gateway.reload?.();
  const refused = await ask(graph.gateway.url, '{ shop(id: "1") { name } }');
  held.resolve();

  expect(refused.status).toBe(400);
  expect(await slow).toMatchObject({ status: 200, data: { shop: { name: 'Corner' } }, errors: [] });
});

test('a changed file is noticed by itself', async () => {
  await using graph = await startGraph(answers());
  writeFileSync(graph.supergraphPath, graph.compose(withCity));
  const giveUpAt = performance.now() + 5000;
  let city = await ask(graph.gateway.url, '{ shop(id: "1") { city } }');
  while (city.status !== 200 && performance.now() < giveUpAt) {
    await sleep(100);
    city = await ask(graph.gateway.url, '{ shop(id: "1") { city } }');
  }
  expect(city).toMatchObject({ status: 200, data: { shop: { city: 'Bergen' } } });
});

test.each([
  ['is not GraphQL', 'unusable', () => 'type Query {'],
  ['is empty', 'unusable', () => ''],
  ['is no supergraph', 'unusable', () => 'type Query { shop: String }'],
  ['was cut', 'unusable', (sdl: string) => sdl.slice(0, sdl.indexOf('type Shop'))],
  ['names no address', 'unusable', (sdl: string) => sdl.replace(/url: "[^"]*\/graphql"/, 'url: ""')],
  ['is gone', 'unreadable', null],
] as const)('a supergraph that %s changes nothing, and is told', async (_, problem, damage) => {
  const { logger, lines } = watchedLogger();
  await using graph = await startGraph(answers(), {}, logger);
  const { body: before } = await ready(graph);
  if (damage) writeFileSync(graph.supergraphPath, damage(graph.compose()));
  else unlinkSync(graph.supergraphPath);
  await graph.gateway.reload?.();
  await graph.gateway.reload?.();
  const { status, body } = await ready(graph);
  const answer = await ask(graph.gateway.url, named, { id: '7' });

  expect(answer).toMatchObject({ status: 200, data: { shop: { name: 'Corner', revenue: 12.5 } }, errors: [] });
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, refusedSupergraph: expect.objectContaining({ problem }) });
  expect(JSON.stringify(body)).not.toContain('customer360-gateway-');
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);

  writeFileSync(graph.supergraphPath, graph.compose(withCity));
  await graph.gateway.reload?.();
  const healed = await ready(graph);
  expect(healed.body).not.toHaveProperty('refusedSupergraph');
  expect(healed.body.supergraph).not.toBe(before.supergraph);
});

test('operations in use are planned before the switch, and those that are no longer valid are logged', async () => {
  const { logger, lines } = watchedLogger();
  await using graph = await startGraph(answers(), {}, logger);
  await ask(graph.gateway.url, named, { id: '7' }, 'Name');
  await ask(graph.gateway.url, '{ shop(id: "1") { revenue } }');
  writeFileSync(graph.supergraphPath, graph.compose(withoutName));
  await graph.gateway.reload?.();

  expect(lines.filter(({ level }) => level === 'warn').map(({ entry }) => entry)).toEqual([
    { id: expect.any(String), name: 'Name', reason: 'Cannot query field "name" on type "Shop".' },
  ]);
  expect(await ask(graph.gateway.url, '{ shop(id: "1") { revenue } }')).toMatchObject({ status: 200, errors: [] });
});

test('fifty reloads leave as many handles and connections as one', async () => {
  await using graph = await startGraph(answers());
  const ids = new Set<unknown>();
  const level = async () => {
    await ask(graph.gateway.url, named, { id: '7' });
    await sleep(100);
    return process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length;
  };
  const reload = async (number: number) => {
    writeFileSync(graph.supergraphPath, `${graph.compose(number % 2 ? {} : withCity)}\n# ${number}\n`);
    await graph.gateway.reload?.();
    ids.add((await ready(graph)).body.supergraph);
    await ask(graph.gateway.url, named, { id: String(number) });
  };
  await reload(0);
  const before = await level();
  for (let number = 1; number <= 50; number += 1) await reload(number);
  const after = await level();

  expect(ids.size).toBe(51);
  expect(after).toBeLessThanOrEqual(before + 2);
}, 60_000);

test('a broken text that an address hands out without a tag is tried once', async () => {
  const { logger, lines } = watchedLogger();
  await using graph = await startGraph(answers());
  let sdl = graph.compose();
  let looks = 0;
  const registry = createServer((_, response) => {
    looks += 1;
    response.end(sdl);
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  {
    await using remote = await startGraph(answers(), { SUPERGRAPH_URL: url, SUPERGRAPH_POLL_S: '0.1' }, logger);
    sdl = 'type Query {';
    await sleep(700);
    expect(await ask(remote.gateway.url, named, { id: '7' })).toMatchObject({ status: 200, errors: [] });
    expect((await ready(remote)).body).toMatchObject({ refusedSupergraph: { problem: 'unusable' } });
  }
  registry.closeAllConnections();
  registry.close();

  expect(looks).toBeGreaterThan(3);
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
});

test('a supergraph by address is read again only when its tag changes', async () => {
  await using graph = await startGraph(answers());
  let sdl = graph.compose();
  const asked: (string | undefined)[] = [];
  const statuses: number[] = [];
  const registry = createServer((request, response) => {
    const tag = `"${sdl.length}"`;
    asked.push(request.headers['if-none-match']);
    const same = request.headers['if-none-match'] === tag;
    statuses.push(same ? 304 : 200);
    response.writeHead(same ? 304 : 200, { etag: tag }).end(same ? undefined : sdl);
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  {
    await using remote = await startGraph(answers(), {
      SUPERGRAPH_PATH: join(mkdtempSync(join(tmpdir(), 'customer360-gateway-')), 'none'),
      SUPERGRAPH_URL: `http://127.0.0.1:${port}/supergraph?key=secret`,
      SUPERGRAPH_POLL_S: '0.1',
    });
    const first = await ask(remote.gateway.url, named, { id: '7' });
    await sleep(500);
    expect(first).toMatchObject({ status: 200, data: { shop: { name: 'Corner' } } });
    expect(new Set(statuses.slice(1))).toEqual(new Set([304]));

    sdl = graph.compose(withCity);
    await sleep(500);
    const city = await ask(remote.gateway.url, '{ shop(id: "1") { city } }');
    expect(city).toMatchObject({ status: 200, data: { shop: { city: 'Bergen' } } });
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
  }
  const ended = asked.length;
  await sleep(300);
  expect(asked).toHaveLength(ended);
  registry.closeAllConnections();
  registry.close();
});
