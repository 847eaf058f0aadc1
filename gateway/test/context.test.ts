import { createLogger } from '@customer360/kit/logger';
import { execute } from '../src/execute/execute.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import { startLiveGraph } from './live-graph.ts';
import { unlimited } from './unlimited.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])`;
const shops = [
  { id: 's1', currency: 'EUR', offers: ['o1', 'o2'], best: 'o1' },
  { id: 's2', currency: 'USD', offers: ['o2', 'o1'], best: null },
];

test('a field that takes an argument from around it gets the value of each place', async () => {
  await using live = await startLiveGraph({
    shops: {
      typeDefs: `${link}
        type Query { shops: [Shop!]! }
        type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! offers: [Offer!]! window: Window }
        type Window { best: Offer }
        type Offer @key(fields: "id") { id: ID! price(currency: String @fromContext(field: "$shop { currency }")): String }`,
      resolvers: {
        Query: { shops: () => shops },
        Shop: {
          offers: ({ offers }: (typeof shops)[number]) => offers.map((id) => ({ id })),
          window: ({ best }: (typeof shops)[number]) => ({ best: best && { id: best } }),
        },
        Offer: {
          __resolveReference: (key: object) => key,
          price: ({ id }: { id: string }, { currency }: { currency: string }) => `${id} in ${currency}`,
        },
      },
    },
    ratings: {
      typeDefs: `${link} type Query { x: Int } type Offer @key(fields: "id") { id: ID! stars: Int }`,
      resolvers: { Offer: { __resolveReference: (key: object) => key, stars: () => 5 } },
    },
  });
  const graph = buildGraph(live.supergraphSdl);
  const operations = createOperations(graph, unlimited);
  const subgraphs = createSubgraphs(graph.services, 5000, createLogger('test', 'silent'));
  const query = '{ shops { offers { price stars } window { best { price } } } }';
  // Parts of it would have to wait for what stands around them.
  expect(operations.get('{ shops { ... @defer { offers { price } } } }', undefined).deferralFor).toBeNull();
  const services = subgraphs.services(new AbortController().signal);
  const answer = await execute(operations.get(query, undefined), {}, services);
  await subgraphs.close();

  expect(JSON.parse(JSON.stringify(answer))).toEqual({
    data: {
      shops: [
        {
          offers: [
            { price: 'o1 in EUR', stars: 5 },
            { price: 'o2 in EUR', stars: 5 },
          ],
          window: { best: { price: 'o1 in EUR' } },
        },
        {
          offers: [
            { price: 'o2 in USD', stars: 5 },
            { price: 'o1 in USD', stars: 5 },
          ],
          window: { best: null },
        },
      ],
    },
  });
});
