import type { LiveSubgraph } from './live-graph.ts';
import type { ShopBench } from './shop-bench.ts';
import { openShop } from './shop-bench.ts';

let shop: ShopBench;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

test.each<[string, string, unknown]>([
  [
    'what the schema tells of itself keeps the names of the caller',
    '{ __type(name: "Book") { title: name ...f } } fragment f on __Type { weight: kind }',
    { __type: { title: 'Book', weight: 'OBJECT' } },
  ],
  [
    'a field that is called __typename is not taken for the type',
    '{ me { __typename: id } product(upc: "p1") { __typename: title ... on Book { inStock } } }',
    { me: { __typename: 'u1' }, product: { __typename: 'Product 1', inStock: false } },
  ],
  [
    'the type under the name of a key is not taken for the key',
    '{ product(upc: "p1") { upc: __typename ... on Book { inStock } } me { id: __typename reviews(first: 1) { id } } }',
    { product: { upc: 'Book', inStock: false }, me: { id: 'User', reviews: [{ id: 'r0' }] } },
  ],
  [
    'a name of the caller that looks like one of ours is another field',
    '{ me { id: name id__asname: login } }',
    { me: { id: 'User 1', id__asname: 'login1' } },
  ],
])('%s', async (_, query, data) => {
  expect(await shop.ask(query)).toEqual({ data });
});

test.each([
  [
    '{ products(first: 2) { ... on Book { it: reviews(first: 1) { id } } ... on Game { it: reviews(first: 2) { id } } } }',
  ],
  ['{ products(first: 2) { ... on Book { it: best { id } } ... on Game { it: reviews(first: 2) { id } } } }'],
])('to the subgraph of an interface object all types are one, but %s asks two things', async (query) => {
  const row = (id: string) => ({ id, stars: 1 });
  const reviews = ({ typeDefs, resolvers }: LiveSubgraph): LiveSubgraph => ({
    typeDefs: typeDefs.replace('upc: ID! reviews: [Review]', 'upc: ID! reviews(first: Int): [Review] best: [Review]'),
    resolvers: {
      ...resolvers,
      Product: {
        __resolveReference: (key: object) => key,
        best: ({ upc }: { upc: string }) => [row(`${upc}-0`)],
        reviews: ({ upc }: { upc: string }, { first }: { first: number }) =>
          Array.from({ length: first }, (_, index) => row(`${upc}-${index}`)),
      },
    },
  });
  await using changed = await openShop({ reviews });
  expect(await changed.ask(query)).toEqual({
    data: { products: [{ it: [{ id: 'p0-0' }, { id: 'p0-1' }] }, { it: [{ id: 'p1-0' }] }] },
  });
});
