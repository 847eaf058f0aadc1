import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createLogger } from '@customer360/kit/logger';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { execute } from '../src/execute/execute.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import type { LiveGraph, SubgraphCall } from './live-graph.ts';
import { startLiveGraph } from './live-graph.ts';
import { chanceFrom, randomOperation } from './random-operations.ts';
import { shopGraph } from './shop-graph.ts';
import { unlimited } from './unlimited.ts';

let live: LiveGraph;
let stock: ApolloServer;
const logger = createLogger('test', 'silent');
const closing: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  live = await startLiveGraph(shopGraph);
  stock = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl: live.supergraphSdl, logger }), logger });
  await stock.start();
}, 30_000);
afterAll(async () => {
  await stock.stop();
  for (const part of closing) await part.close();
  await live[Symbol.asyncDispose]();
});

/** The stock gateway then forgets that a product is a book, and leaves out without an error what only books have. */
const losesType = ({ service, query }: SubgraphCall) =>
  service === 'reviews' && /_entities[^{]*\{\s*\.\.\. ?on Product ?\{\s*__typename/.test(query);

test('random operations: the same answers as the stock gateway, with no more calls', async () => {
  const graph = buildGraph(live.supergraphSdl);
  const operations = createOperations(graph, unlimited);
  const subgraphs = createSubgraphs(graph.services, 5000, logger);
  closing.push(subgraphs);
  let compared = 0;
  let ours = 0;
  let theirs = 0;

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 30 }), async (seed) => {
      const { query, variables } = randomOperation(graph.schema, chanceFrom(seed));
      if (validate(graph.schema, parse(query)).length > 0) return;
      live.calls.length = 0;
      const expected = await stock.executeOperation({ query, variables });
      if (live.calls.some(losesType)) return;
      theirs += live.calls.length;
      if (expected.body.kind !== 'single') throw new Error('one answer');
      const { data = null, errors = [] } = JSON.parse(JSON.stringify(expected.body.singleResult));

      live.calls.length = 0;
      const prepared = operations.get(query, undefined);
      const answer = JSON.parse(
        JSON.stringify(await execute(prepared, variables, subgraphs.services(new AbortController().signal))),
      );
      ours += live.calls.length;
      expect(answer.data).toEqual(data);
      if (errors.length > 0) expect(answer.errors?.length).toBeGreaterThan(0);
      compared += 1;
    }),
    { numRuns: 120, seed: 360 },
  );
  process.stdout.write(`${compared} operations compared: ${ours} subgraph calls, the stock gateway made ${theirs}\n`);
  expect(compared).toBeGreaterThan(60);
  expect(ours).toBeLessThanOrEqual(theirs);
}, 120_000);
