import { createLogger } from '@customer360/kit/logger';
import type { GraphQLObjectType } from 'graphql';
import { buildSchema, parse } from 'graphql';
import { completePart } from '../src/defer/complete-part.ts';
import { isDeferred } from '../src/defer/directive.ts';
import { executeDeferred } from '../src/defer/execute-deferred.ts';
import type { Delivery } from '../src/defer/tell.ts';
import { compileObject } from '../src/execute/shape.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { findOperation } from '../src/prepare/operation.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import { startLiveGraph } from './live-graph.ts';
import { unlimited } from './unlimited.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const people = {
  staff: {
    typeDefs: `${link} type Query { people: [Person] }
      type Person @key(fields: "id") { id: ID! name: String nick: String! home: Home @shareable } type Home @shareable { city: String }`,
    resolvers: {
      Query: {
        people: () =>
          [1, 2, 3].map((id) => ({ id, name: `P${id}`, nick: id === 2 ? null : `N${id}`, home: { city: 'Ulm' } })),
      },
    },
  },
  payroll: {
    typeDefs: `${link} type Query { ping: Int }
      type Person @key(fields: "id") { id: ID! salary: Int! bonus: Int home: Home @shareable pay: Pay }
      type Pay { account: Account! } type Account { iban: String! bank: String }
      type Home @shareable { city: String rent: Int }`,
    resolvers: {
      Person: {
        __resolveReference: ({ id }: { id: string }) => ({ id: Number(id) }),
        salary: ({ id }: { id: number }) => (id === 2 ? null : id * 100),
        home: ({ id }: { id: number }) => ({ rent: id }),
        pay: ({ id }: { id: number }) => ({ account: id === 3 ? { iban: null } : { iban: `DE${id}`, bank: 'B' } }),
      },
    },
  },
};

async function deliveriesOf(query: string): Promise<Delivery[]> {
  await using live = await startLiveGraph(people);
  const graph = buildGraph(live.supergraphSdl);
  const subgraphs = createSubgraphs(graph.services, 5000, createLogger('test', 'silent'));
  const prepared = createOperations(graph, unlimited).get(query, undefined);
  const deferral = prepared.deferralFor?.({});
  if (!deferral) throw new Error('Nothing is deferred.');
  const deliveries: Delivery[] = [];
  const services = subgraphs.services(new AbortController().signal);
  const { last } = await executeDeferred(prepared, deferral, {}, services, (delivery) => deliveries.push(delivery));
  await subgraphs.close();
  return structuredClone([...deliveries, last]);
}

test('a null that is not allowed takes its deferred part of one row away, nothing around it', async () => {
  const [first, last] = await deliveriesOf('{ people { name ... @defer { salary } } }');
  expect(first).toEqual({ data: { people: [{ name: 'P1' }, { name: 'P2' }, { name: 'P3' }] }, hasNext: true });
  expect(last?.incremental).toEqual([
    { path: ['people', 0], data: { salary: 100 } },
    { path: ['people', 1], data: null, errors: [expect.objectContaining({ path: ['people', 1, 'salary'] })] },
    { path: ['people', 2], data: { salary: 300 } },
  ]);
});

test('inside a deferred part a null goes as far as it has to', async () => {
  const asked = '{ people { name ... @defer { bonus pay { account { iban bank } } } } }';
  const [, ...others] = await deliveriesOf(asked);
  const incremental = others.flatMap((each) => each.incremental ?? []);
  expect(incremental.filter(({ path }) => path[1] === 2)).toEqual([
    {
      path: ['people', 2],
      data: { bonus: null, pay: null },
      errors: [expect.objectContaining({ path: ['people', 2, 'pay', 'account', 'iban'] })],
    },
  ]);
});

test('an object that both parts show is sent with what each of them shows of it', async () => {
  const [first, last] = await deliveriesOf('{ people { home { city } ... @defer { home { rent } } } }');
  expect(first?.data).toEqual({ people: Array(3).fill({ home: { city: 'Ulm' } }) });
  expect(last?.incremental?.map(({ data }) => data)).toEqual([1, 2, 3].map((rent) => ({ home: { rent } })));
});

test('a row that is null in the first part has no deferred part', async () => {
  const [first, last] = await deliveriesOf('{ people { nick ... @defer { bonus } } }');
  expect(first?.data).toEqual({ people: [{ nick: 'N1' }, null, { nick: 'N3' }] });
  expect(first?.errors).toEqual([expect.objectContaining({ path: ['people', 1, 'nick'] })]);
  expect(last?.incremental).toEqual([0, 2].map((row) => ({ path: ['people', row], data: { bonus: null } })));
});

test('nothing is deferred below what has turned out to be null', () => {
  const schema = buildSchema(`directive @defer on INLINE_FRAGMENT
    type Query { people: [Person] } type Person { home: Home id: ID! } type Home { city: String rent: Int }`);
  const document = parse('{ people { home { city ... @defer { rent } } id } }');
  const shape = compileObject(
    schema.getQueryType() as GraphQLObjectType,
    [findOperation(document, undefined).operation.selectionSet],
    {
      ...findOperation(document, undefined),
      schema,
      isIncluded: () => true,
      isDeferred: (node) => isDeferred(node, () => true),
      outerName: (name) => name,
    },
  );
  const home = { city: 'Ulm', rent: 5 };
  const { data, later, violated } = completePart(shape, { people: [{ home }, { home, id: '2' }] }, []);
  expect(data).toEqual({ people: [null, { home: { city: 'Ulm' }, id: '2' }] });
  expect(later.map(({ path }) => path)).toEqual([['people', 1, 'home']]);
  expect(violated).toEqual([['people', 0, 'id']]);
});
