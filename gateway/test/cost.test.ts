import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { startGraph } from './graph.ts';
import { unlimited } from './unlimited.ts';

const { supergraphSdl = '' } = composeServices([
  {
    name: 'library',
    url: 'http://127.0.0.1:9/graphql',
    typeDefs: parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])
      type Query {
        books(first: Int = 20): [Book!]! @listSize(slicingArguments: ["first"])
        page(first: Int = 5): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
        shelves: [[Book]] @listSize(assumedSize: 7)
        report: Int @cost(weight: 50)
        found: [Found]
      }
      type Mutation { burn(id: ID!): Book }
      type Page { nodes: [Book] total: Int }
      union Found = Book | Author
      type Book @key(fields: "id") { id: ID! authors: [Author] }
      type Author { name: String books(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"]) }`),
  },
]);
const operations = createOperations(buildGraph(supergraphSdl), unlimited);

test.each<[string, Record<string, unknown>, number]>([
  ['{ books { id } }', {}, 20],
  ['{ books(first: 200) { id } }', {}, 200],
  ['query ($n: Int) { books(first: $n) { id } }', { n: 33 }, 33],
  ['query ($n: Int = 12) { books(first: $n) { id } }', {}, 12],
  ['query ($n: Int) { books(first: $n) { id } }', {}, 20],
  ['{ books(first: 3) { authors { name } } }', {}, 3 * (1 + 10)],
  ['{ books(first: 2) { authors { books(first: 4, last: 9) { id } } } }', {}, 2 * (1 + 10 * (1 + 9))],
  ['{ page(first: 50) { total nodes { id } } }', {}, 1 + 50],
  ['{ shelves { id } }', {}, 7],
  ['{ report other: report }', {}, 100],
  ['{ found { ... on Book { id } ... on Author { books(first: 2) { id } } } }', {}, 10 * (1 + 2)],
  ['{ ...f ...f } fragment f on Query { books(first: 5) { id } }', {}, 10],
  ['mutation { burn(id: "1") { id } }', {}, 1],
  ['{ books(first: -5) { id } __typename }', {}, 0],
])('%s with %j costs %i', (query, variables, cost) => {
  expect(operations.get(query, undefined).cost(variables)).toBe(cost);
});

test('an operation that could return too much is refused before anybody is asked, by its variables', async () => {
  let asked = 0;
  const stock = () => {
    asked += 1;
    return { data: { shops: [] } };
  };
  await using graph = await startGraph({ stock, prices: stock }, { MAX_COST: '9' });
  const answer = await fetch(`${graph.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ shops { name } }' }),
  });
  expect(answer.status).toBe(400);
  const { errors } = (await answer.json()) as { errors: { message: string }[] };
  expect(errors[0]?.message).toBe(
    'The operation could return 10 objects, more than 9. Ask for smaller pages or fewer fields.',
  );
  expect(asked).toBe(0);
});
