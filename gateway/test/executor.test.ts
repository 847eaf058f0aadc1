import { createLogger } from '@customer360/kit/logger';
import { execute } from '../src/execute/execute.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import type { Subgraphs } from '../src/subgraph/subgraphs.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import type { LiveGraph, LiveSubgraph } from './live-graph.ts';
import { startLiveGraph } from './live-graph.ts';
import { shopGraph } from './shop-graph.ts';
import { unlimited } from './unlimited.ts';

interface Bench {
  live: LiveGraph;
  ask(query: string, variables?: Record<string, unknown>): Promise<{ data: unknown; errors?: unknown[] }>;
}

const subgraphsOf: Subgraphs[] = [];
const graphs: LiveGraph[] = [];

async function open(changes: Record<string, (typeDefs: string) => string> = {}): Promise<Bench> {
  const changed = Object.fromEntries(
    Object.entries(shopGraph).map(([name, subgraph]): [string, LiveSubgraph] => [
      name,
      { ...subgraph, typeDefs: changes[name]?.(subgraph.typeDefs) ?? subgraph.typeDefs },
    ]),
  );
  const live = await startLiveGraph(changed);
  const graph = buildGraph(live.supergraphSdl);
  const operations = createOperations(graph, unlimited);
  const subgraphs = createSubgraphs(graph.services, 5000, createLogger('test', 'silent'));
  subgraphsOf.push(subgraphs);
  graphs.push(live);
  return {
    live,
    async ask(query, variables = {}) {
      live.calls.length = 0;
      const { signal } = new AbortController();
      const answer = await execute(operations.get(query, undefined), variables, subgraphs.services(signal));
      return JSON.parse(JSON.stringify(answer));
    },
  };
}

let shop: Bench;
beforeAll(async () => {
  shop = await open();
});
afterAll(async () => {
  for (const subgraphs of subgraphsOf) await subgraphs.close();
  for (const live of graphs) await live[Symbol.asyncDispose]();
});

test('an entity that stands in many places is asked for once', async () => {
  const { data } = await shop.ask('{ reviews(first: 9) { author { name } } }');
  expect(data).toHaveProperty('reviews.8', { author: { name: 'User 3' } });
  const [, users] = shop.live.calls;
  expect(users?.service).toBe('users');
  expect(users?.variables.representations).toHaveLength(3);
});

test('several places of one stage travel to a subgraph in one request', async () => {
  const { data, errors } = await shop.ask(
    '{ me { reviews { id } } users { reviews(first: 1) { id } } user(id: "u2") { reviews { stars } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    me: { reviews: [{ id: 'r0' }, { id: 'r3' }] },
    users: [{ reviews: [{ id: 'r0' }] }, { reviews: [{ id: 'r1' }] }, { reviews: [{ id: 'r2' }] }],
    user: { reviews: [{ stars: 2 }, { stars: 5 }] },
  });
  expect(shop.live.calls.map(({ service }) => service)).toEqual(['users', 'reviews']);
});

test('places that ask the same of their entities share one list of them', async () => {
  const query =
    '{ products(first: 2) { inStock } product(upc: "p1") { inStock } search { ... on Product { inStock } } }'.replaceAll(
      'inStock',
      '... on Book { inStock } ... on Game { inStock }',
    );
  const { data, errors } = await shop.ask(query);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    products: [{ inStock: true }, { inStock: false }],
    product: { inStock: false },
    search: [{ inStock: true }, {}, { inStock: false }],
  });
  const asked = shop.live.calls.filter(({ service }) => service === 'stock');
  expect(asked).toHaveLength(1);
  const lists = Object.values(asked[0]?.variables ?? {}) as unknown[][];
  expect(lists.flat().length).toBeLessThanOrEqual(4);
});

test('an alias that is called like a key field does not become the key', async () => {
  const { data, errors } = await shop.ask('{ product(upc: "p1") { upc: title  ... on Book { inStock code: upc } } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ product: { upc: 'Product 1', inStock: false, code: 'p1' } });
  const list = await shop.ask('{ users { id: name reviews(first: 1) { id: stars stars: id } } }');
  expect(list.data).toHaveProperty('users.0', { id: 'User 1', reviews: [{ id: 1, stars: 'r0' }] });
});

test('errors name the fields as the caller called them', async () => {
  const { data, errors } = await shop.ask(
    '{ book: product(upc: "p1") { upc: title } wrong: user(id: "none") { id: name } }',
  );
  expect(data).toEqual({ book: { upc: 'Product 1' }, wrong: null });
  expect(errors).toBeUndefined();
});

const inDollars = (typeDefs: string) => typeDefs.replace('"price weight"', '"price(currency: \\"USD\\") weight"');

test.each([
  ['none', '', 20],
  ['its own', '(currency: "EUR")', 20],
  ['the same', '(currency: "USD")', 40],
])("a caller's argument (%s) and a subgraph's own are kept apart", async (_, argument, price) => {
  const { ask } = await open({ stock: inDollars });
  const { data, errors } = await ask(`{ product(upc: "p1") { price${argument} ... on Book { shipping } } }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ product: { price, shipping: 42 } });
});

test('two fields that require the same field with other arguments are both right', async () => {
  const { ask } = await open({
    stock: (typeDefs) =>
      inDollars(typeDefs).replace(
        'inStock: Boolean shipping',
        'inStock: Boolean @requires(fields: "price(currency: \\"EUR\\")") shipping',
      ),
  });
  const { data, errors } = await ask('{ product(upc: "p1") { price ... on Book { shipping inStock } } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ product: { price: 20, shipping: 42, inStock: false } });
});

test('conditions, defaults and fragments shape the answer in the order that the caller wrote', async () => {
  const query = `query ($more: Boolean = false, $currency: String = "USD") {
    product(upc: "p1") { ...parts title @skip(if: $more) ... on Book @include(if: $more) { pages } }
  } fragment parts on Product { weight price(currency: $currency) }`;
  const without = await shop.ask(query);
  expect(JSON.stringify(without.data)).toBe('{"product":{"weight":2,"price":40,"title":"Product 1"}}');
  const more = await shop.ask(query, { more: true, currency: 'EUR' });
  expect(JSON.stringify(more.data)).toBe('{"product":{"weight":2,"price":20,"pages":101}}');
});

test('nothing is asked when everything is skipped', async () => {
  const { data, errors } = await shop.ask('{ products @skip(if: true) { title } }');
  expect({ data, errors }).toEqual({ data: {}, errors: undefined });
  expect(shop.live.calls).toEqual([]);
});

test('a required null spreads to the nearest place that may be empty, and is explained', async () => {
  const { ask } = await open({
    reviews: (typeDefs) =>
      typeDefs.replace('score: Float', 'score: Float!').replace('about: Product', 'about: Product!'),
  });
  const { data, errors } = await ask('{ reviews(first: 3) { id about { score } } }');
  expect(data).toEqual({
    reviews: [{ id: 'r0', about: { score: 4.5 } }, { id: 'r1', about: { score: 4.5 } }, null, null],
  });
  expect(errors).toHaveLength(1);
});

test('the schema tells of itself beside the data', async () => {
  const { data } = await shop.ask('{ kind: __type(name: "Book") { name } me { id } __typename }');
  expect(JSON.stringify(data)).toBe('{"kind":{"name":"Book"},"me":{"id":"u1"},"__typename":"Query"}');
});

test('mutations run in order, one request each', async () => {
  const { data } = await shop.ask(
    'mutation { one: rate(upc: "p1", stars: 1) { id about { title } } two: rate(upc: "p2", stars: 2) { stars } }',
  );
  expect(data).toEqual({ one: { id: 'new-p1', about: { title: 'Product 1' } }, two: { stars: 2 } });
  expect(shop.live.calls.map(({ service }) => service)).toEqual(['reviews', 'products']);
});

test('what a subgraph sends under a name of the engine reaches no prototype', async () => {
  const { data } = await shop.ask('{ constructor: me { toString: name } }');
  expect(data).toEqual({ constructor: { toString: 'User 1' } });
  expect(({} as Record<string, unknown>).name).toBeUndefined();
});
