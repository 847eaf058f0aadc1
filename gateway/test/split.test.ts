import type { LiveSubgraph } from './live-graph.ts';
import { openShop } from './shop-bench.ts';

const clashing = ({ typeDefs }: LiveSubgraph): LiveSubgraph => ({
  typeDefs: typeDefs
    .replace('"price weight"', '"price(currency: \\"USD\\") weight"')
    .replace('inStock: Boolean shipping', 'inStock: Boolean @requires(fields: "price(currency: \\"EUR\\")") shipping')
    .replace(
      'type Book ',
      'interface Item { inStock: Boolean shipping: Int } type Query { items: [Item] } type Book implements Item ',
    ),
  resolvers: {
    Query: { items: () => [{ upc: 'p1' }] },
    Item: { __resolveType: () => 'Book' },
    Book: {
      __resolveReference: (key: object) => key,
      inStock: ({ price }: { price: number }) => price === 20,
      shipping: ({ price }: { price: number }) => price,
    },
    Game: { __resolveReference: (key: object) => key },
  },
});

test.each([
  ['an interface', '{ items { shipping inStock } }', { items: [{ shipping: 40, inStock: true }] }],
  [
    'a type and its interface',
    '{ items { shipping ... on Book { inStock } } }',
    { items: [{ shipping: 40, inStock: true }] },
  ],
  [
    'fragments that keep nothing',
    `{ a: product(upc: "p1") { ...f } b: product(upc: "p3") { ...g } }
     fragment f on Book { shipping } fragment g on Book { inStock }`,
    { a: { shipping: 40 }, b: { inStock: false } },
  ],
])('fields that require the same with other arguments are both right on %s', async (_, query, data) => {
  await using changed = await openShop({ stock: clashing });
  expect(await changed.ask(query)).toEqual({ data });
});

test('an operation that is split is not answered in parts', async () => {
  await using changed = await openShop({ stock: clashing });
  const product = (fields: string) => `{ product(upc: "p1") { title ... on Book { ... @defer { ${fields} } } } }`;
  expect(changed.defers(product('shipping'))).toBe(true);
  expect(changed.defers(product('shipping inStock'))).toBe(false);
});

test('a mutation that asks for such fields together is refused, for it cannot run twice', async () => {
  await using changed = await openShop({ stock: clashing });
  const rate = (fields: string) =>
    changed.ask(`mutation { rate(upc: "p1", stars: 1) { about { ... on Book { ${fields} } } } }`);
  expect(await rate('shipping')).toEqual({ data: { rate: { about: { shipping: 40 } } } });
  await expect(rate('shipping inStock')).rejects.toThrow('cannot be asked for together');
});
