import { createMemoryBus } from '@customer360/kit/bus/memory-bus';
import { createLogger } from '@customer360/kit/logger';
import type { JsonObject } from '../src/execute/json.ts';
import type { FreshnessPlace } from '../src/operation-cache/freshness-places.ts';
import type { OperationCache } from '../src/operation-cache/operation-cache.ts';
import { createOperationCache, printKey } from '../src/operation-cache/operation-cache.ts';
import type { Heard } from '../src/provenance/heard.ts';

const bus = createMemoryBus(createLogger('test', 'silent'));
let now = 0;
const cacheOf = (options: { maxBytes?: number; onDrop?: () => void } = {}) =>
  createOperationCache({ maxBytes: 1_000_000, bus, clock: () => now, ...options });

const heardAt = (at: number, freshForMs: number, tags: string[] = [], until = at): Heard => ({
  note: () => undefined,
  since: at,
  until,
  freshForMs,
  tags: new Set(tags),
  sources: new Map(),
});
const places: FreshnessPlace[] = [{ path: ['f'], age: new Set(['ageSeconds']), origin: new Set(['origin']) }];
const answer = (value: number, ageSeconds = 3): JsonObject => ({
  data: { value, f: { origin: 'LIVE', ageSeconds } },
  extensions: { sources: [{ source: 'NETSUITE', origin: 'LIVE', ageSeconds }] },
});

function put(cache: OperationCache, key: string, freshForMs: number, tags: string[] = [], beganAt = now) {
  cache.put(key, {
    answer: answer(1),
    operation: 'Op',
    heard: heardAt(now, freshForMs, tags),
    places,
    beganAt,
  });
}
const bodyOf = (cache: OperationCache, key: string) => {
  const kept = cache.get(key);
  return kept && JSON.parse(kept.body);
};

beforeEach(() => {
  now = 1_000_000;
});

test('an answer is kept as long as it is fresh, its ages go on, and nothing in it is live any more', () => {
  const cache = cacheOf();
  put(cache, 'k', 30_000);
  now += 10_000;
  expect(bodyOf(cache, 'k')).toEqual({
    data: { value: 1, f: { origin: 'CACHE', ageSeconds: 13 } },
    extensions: { sources: [{ source: 'NETSUITE', origin: 'CACHE', ageSeconds: 13 }] },
  });
  now += 19_999;
  expect(bodyOf(cache, 'k').data.f.ageSeconds).toBe(33);
  now += 1;
  expect(cache.get('k')).toBeUndefined();
  expect(cache.size).toBe(0);
});

test('an answer that somebody does not vouch for is not kept', () => {
  const cache = cacheOf();
  put(cache, 'k', 0);
  expect(cache.get('k')).toBeUndefined();
});

test('parts that came far apart have no age in common, so they are not kept', () => {
  const cache = cacheOf();
  const heard = heardAt(now, 30_000, [], now + 901);
  cache.put('k', { answer: answer(1), operation: undefined, heard, places, beganAt: now });
  expect(cache.get('k')).toBeUndefined();
});

test.each([
  ['the entity', 'netsuite:customer:{1}', false],
  ['its type', 'netsuite:customer', false],
  ['its source', 'netsuite', false],
  ['another entity', 'netsuite:customer:{2}', true],
  ['a type whose name begins alike', 'netsuite:custom', true],
  ['another source', 'salesforce', true],
])('dropping %s: kept is %s', async (_, tag, stays) => {
  const cache = cacheOf();
  put(cache, 'k', 30_000, ['netsuite:customer:{1}']);
  await bus.publish('cache.drop', [tag]);
  expect(cache.get('k') !== undefined).toBe(stays);
  cache.close();
});

test('what was dropped while an answer was made, or just before, keeps it from being kept', async () => {
  const cache = cacheOf();
  const beganAt = now;
  now += 100;
  await bus.publish('cache.drop', ['salesforce:opportunity:any']);
  now += 100;
  put(cache, 'during', 30_000, ['salesforce:opportunity:any'], beganAt);
  put(cache, 'other', 30_000, ['salesforce:case:any'], beganAt);
  now += 800;
  // A copy of the subgraph may not have heard of the drop yet.
  put(cache, 'just after', 30_000, ['salesforce:opportunity:any']);
  now += 200;
  put(cache, 'later', 30_000, ['salesforce:opportunity:any']);
  expect(['during', 'other', 'just after', 'later'].map((key) => cache.get(key) !== undefined)).toEqual([
    false,
    true,
    false,
    true,
  ]);
  cache.close();
});

test('after a write nothing is left, and what was begun before it is not kept either', () => {
  const cache = cacheOf();
  put(cache, 'k', 30_000);
  const beganAt = now;
  now += 10;
  cache.clear();
  expect(cache.get('k')).toBeUndefined();
  put(cache, 'k', 30_000, [], beganAt);
  expect(cache.get('k')).toBeUndefined();
});

test('a message that cannot be read drops everything', async () => {
  const cache = cacheOf();
  put(cache, 'k', 30_000);
  await bus.publish('cache.drop', { what: 1 });
  expect(cache.get('k')).toBeUndefined();
  cache.close();
});

test('it never grows beyond its bounds, and forgets the tags of what it forgets', async () => {
  const cache = cacheOf({ maxBytes: 20_000 });
  for (let n = 0; n < 1000; n += 1) put(cache, `k${n}`, 30_000, [`netsuite:customer:{${n}}`]);
  expect(cache.size).toBeLessThan(40);
  expect(cache.get('k999')).toBeDefined();
  await bus.publish('cache.drop', ['netsuite']);
  expect(cache.size).toBe(0);
  cache.close();
});

test('keys differ when anything differs that an answer depends on, and do not when nothing does', () => {
  const base = { graphId: 'g', scopes: ['b', 'a'], query: '{ a }', operationName: undefined, variables: { x: 1 } };
  const other = [
    { ...base, graphId: 'h' },
    { ...base, scopes: ['a'] },
    { ...base, scopes: ['a', 'b', 'c'] },
    { ...base, scopes: ['a,b'] },
    { ...base, query: '{ b }' },
    { ...base, operationName: 'A' },
    { ...base, variables: { x: '1' } },
    { ...base, variables: {} },
  ];
  expect(new Set([base, ...other].map(printKey)).size).toBe(other.length + 1);
  expect(printKey({ ...base, scopes: ['a', 'b'] })).toBe(printKey(base));
});
