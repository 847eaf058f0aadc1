import { createLogger } from '@customer360/kit/logger';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { executeDeferred } from '../src/defer/execute-deferred.ts';
import type { Delivery } from '../src/defer/tell.ts';
import { execute } from '../src/execute/execute.ts';
import { buildGraph } from '../src/prepare/graph.ts';
import { createOperations } from '../src/prepare/operations.ts';
import { createSubgraphs } from '../src/subgraph/subgraphs.ts';
import type { LiveGraph } from './live-graph.ts';
import { startLiveGraph } from './live-graph.ts';
import { mergeParts } from './merge-parts.ts';
import { chanceFrom, randomOperation } from './random-operations.ts';
import { shopGraph } from './shop-graph.ts';
import { unlimited } from './unlimited.ts';

let live: LiveGraph;
/** Subgraphs answer in another order each time. */
const speed = chanceFrom(7);
beforeAll(async () => {
  live = await startLiveGraph(shopGraph, () => speed() * 4);
}, 30_000);
afterAll(() => live[Symbol.asyncDispose]());

test('random operations with @defer: the parts together are the whole answer', async () => {
  const graph = buildGraph(live.supergraphSdl);
  const operations = createOperations(graph, unlimited);
  const subgraphs = createSubgraphs(graph.services, 5000, createLogger('test', 'silent'));
  const services = () => subgraphs.services(new AbortController().signal);
  const seen = { compared: 0, deferred: 0, deliveries: 0, parts: 0 };

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 30 }), async (seed) => {
      const { query, variables } = randomOperation(graph.schema, chanceFrom(seed), true);
      if (validate(graph.schema, parse(query)).length > 0) return;
      const prepared = operations.get(query, undefined);
      const whole = await execute(prepared, variables, services());
      seen.compared += 1;
      const deferral = prepared.deferralFor?.(variables);
      if (!deferral) return;

      const deliveries: Delivery[] = [];
      const { last } = await executeDeferred(prepared, deferral, variables, services(), (delivery) =>
        deliveries.push(structuredClone(delivery)),
      );
      deliveries.push(last);
      seen.deferred += 1;
      seen.deliveries += deliveries.length;
      seen.parts += deliveries.flatMap(({ incremental = [] }) => incremental).length;
      expect(mergeParts(deliveries).data).toEqual(whole.data);
    }),
    { numRuns: 150, seed: 2024 },
  );
  await subgraphs.close();
  process.stdout.write(`deferred: ${JSON.stringify(seen)}\n`);
  expect(seen.deferred).toBeGreaterThan(40);
  expect(seen.parts).toBeGreaterThan(100);
}, 120_000);
