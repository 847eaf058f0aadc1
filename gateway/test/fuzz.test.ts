import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { readConfig } from '../src/config.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { start } from '../src/service.ts';
import { acceptParts } from './ask-in-parts.ts';
import type { LiveGraph } from './live-graph.ts';
import { startLiveGraph } from './live-graph.ts';
import { chanceFrom, randomOperation } from './random-operations.ts';
import { shopGraph } from './shop-graph.ts';

let live: LiveGraph;
let gateway: Service;
const logged: string[] = [];

beforeAll(async () => {
  live = await startLiveGraph(shopGraph);
  const path = join(mkdtempSync(join(tmpdir(), 'customer360-gateway-')), 'supergraph.graphql');
  writeFileSync(path, live.supergraphSdl);
  const logger = createLogger('test', 'silent');
  Object.assign(logger, { error: (entry: { err?: Error }) => logged.push(String(entry.err?.stack ?? entry)) });
  gateway = await start(readConfig({ PORT: '0', SUPERGRAPH_PATH: path, MAX_DIRECTIVES: '200', MAX_DEFERRED: '200' }), {
    logger,
  });
}, 30_000);
afterAll(async () => {
  await gateway.close();
  await live[Symbol.asyncDispose]();
});

const pieces = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '$yes',
  '@skip(if: true)',
  '"',
  '\\',
  '__typename',
  'null',
  '-0',
  '🏃',
  '\0',
  ':',
  '!',
  '[',
  'on',
  'fragment a on User { ...a }',
];

/** Damages a text in one to three places. */
function damage(text: string, chance: () => number): string {
  let damaged = text;
  for (let time = 0; time <= chance() * 3; time += 1) {
    const at = Math.floor(chance() * damaged.length);
    const removed = Math.floor(chance() * 6);
    const piece = chance() < 0.7 ? (pieces[Math.floor(chance() * pieces.length)] ?? '') : '';
    damaged = damaged.slice(0, at) + piece + damaged.slice(at + removed);
  }
  return damaged;
}

const oddVariables: unknown[] = [
  {},
  null,
  { yes: 'no' },
  { yes: null, no: [] },
  [],
  'x',
  7,
  { __proto__: 1, yes: true, no: false },
];

test('five hundred random operations, half of them damaged: never a 5xx, never an internal code', async () => {
  const schema = buildGraph(live.supergraphSdl).schema;
  const chance = chanceFrom(2026);
  const seen: Record<number, number> = {};
  let answeredInParts = 0;
  for (let round = 0; round < 500; round += 1) {
    const inParts = round % 4 < 2;
    const { query, variables } = randomOperation(schema, chance, inParts);
    const broken = round % 2 === 1;
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(inParts && { accept: acceptParts }) },
      body: JSON.stringify({
        query: broken ? damage(query, chance) : query,
        variables: broken && chance() < 0.3 ? oddVariables[Math.floor(chance() * oddVariables.length)] : variables,
      }),
    });
    const text = await response.text();
    seen[response.status] = (seen[response.status] ?? 0) + 1;
    if (![200, 400].includes(response.status) || text.includes('INTERNAL_SERVER_ERROR')) {
      throw new Error(`${response.status} ${text.slice(0, 500)}\n${query}\n${logged.join('\n')}`);
    }
    if (response.headers.get('content-type')?.startsWith('multipart')) {
      answeredInParts += 1;
      expect(text).toMatch(/"hasNext":false\}\r\n--graphql--\r\n$/);
    }
    if (response.status === 400) expect(text.length).toBeLessThan(1000);
  }
  process.stdout.write(`fuzz: ${JSON.stringify(seen)}\n`);
  expect(answeredInParts).toBeGreaterThan(30);
  expect(seen[200]).toBeGreaterThan(100);
  expect(seen[400]).toBeGreaterThan(100);
  expect(logged).toEqual([]);
}, 120_000);
