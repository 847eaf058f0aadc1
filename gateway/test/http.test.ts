import { ask } from '@customer360/testing/ask';
import { readConfig } from '../src/config.ts';
import { start } from '../src/service.ts';
import { startGraph } from './graph.ts';

const nothing = { stock: () => ({ data: {} }), prices: () => ({ data: {} }) };
const post = (url: string, body: string, headers = {}) =>
  fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

test('a missing supergraph is named, with what to do', async () => {
  await expect(start(readConfig({ SUPERGRAPH_PATH: '/nowhere/supergraph.graphql' }))).rejects.toThrow(
    /npm run compose/,
  );
});

test('health says live and ready', async () => {
  await using graph = await startGraph(nothing);
  expect((await fetch(`${graph.gateway.url}/health/live`)).status).toBe(200);
  expect((await fetch(`${graph.gateway.url}/health/ready`)).status).toBe(200);
});

test('answers are never stored on the way', async () => {
  await using graph = await startGraph(nothing);
  const response = await post(graph.gateway.url, '{"query":"{ __typename }"}');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});

test.each([
  ['a body that is not JSON', '{"query"', 400],
  ['a body that is too large', JSON.stringify({ query: `{ clock } #${'x'.repeat(300_000)}` }), 413],
  ['a query that does not parse', '{"query":"{ shop("}', 400],
  ['a field that does not exist', '{"query":"{ nothing }"}', 400],
  ['a number that no Float holds', '{"query":"{ shop(id: \\"1\\") { id } clock(at: 1e400) }"}', 400],
  ['more tokens than any screen needs', JSON.stringify({ query: `{ ${'clock '.repeat(3000)} }` }), 400],
])('%s is refused in a short GraphQL answer', async (_, body, status) => {
  await using graph = await startGraph(nothing);
  const response = await post(graph.gateway.url, body);
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(text.length).toBeLessThan(1000);
  expect(JSON.parse(text).errors).toHaveLength(1);
});

test('a fragment fan-out is refused before it is worked out', async () => {
  await using graph = await startGraph(nothing);
  const levels = Array.from(
    { length: 22 },
    (_, level) => `fragment f${level} on Shop { ...f${level + 1} ...f${level + 1} }`,
  );
  const query = `{ shop(id: "1") { ...f0 } } ${levels.join(' ')} fragment f22 on Shop { name }`;
  const began = performance.now();
  const { status } = await ask(graph.gateway.url, query);
  expect(status).toBe(400);
  expect(performance.now() - began).toBeLessThan(500);
});

test('with introspection off, neither schema nor suggestions are given', async () => {
  await using graph = await startGraph(nothing, { INTROSPECTION: 'false' });
  const schema = await ask(graph.gateway.url, '{ __schema { types { name } } }');
  expect(schema.status).toBe(400);
  const near = await ask(graph.gateway.url, '{ shopp(id: "1") { id } }');
  expect(near.errors[0]?.message).not.toContain('Did you mean');
});
