import type { Logger } from '@customer360/kit/logger';
import type { GatewayConfig } from './config.ts';
import { createApart, createInFlight } from './http/in-flight.ts';
import type { Answer, PipelineParts } from './http/pipeline.ts';
import type { Counts, Metrics } from './metrics/metrics.ts';
import type { OperationCache } from './operation-cache/operation-cache.ts';
import { buildGraph } from './prepare/graph.ts';
import { createOperations } from './prepare/operations.ts';
import { createSubgraphs } from './subgraph/subgraphs.ts';
import { createWatchFetch } from './subgraph/watch-fetch.ts';
import type { Generation } from './supergraph/generation.ts';

/** One supergraph, ready to answer requests. */
export interface AnsweringGeneration extends Generation {
  parts: PipelineParts;
}

/** Builds all that depends on the supergraph. Work under way is shared within one graph, never across a switch. */
export function createBuild(
  config: GatewayConfig,
  logger: Logger,
  metrics: Metrics,
  operationCache: OperationCache | undefined,
): (supergraphSdl: string) => AnsweringGeneration {
  const { counts, planned } = metrics;
  const watchFetch = createWatchFetch(metrics);
  const count = (what: keyof Counts) => () => {
    counts[what] += 1;
  };
  const watchOperations = { hit: count('planHits'), miss: count('planMisses'), prepared: planned };
  return (supergraphSdl) => {
    const graph = buildGraph(supergraphSdl);
    const operations = createOperations(graph, config, watchOperations);
    const subgraphs = createSubgraphs(graph.services, config.subgraphTimeoutMs, logger, watchFetch);
    const parts = {
      operations,
      services: subgraphs.services,
      maxCost: config.maxCost,
      inFlight: config.coalesce ? createInFlight<Answer>(count('coalesced')) : createApart<Answer>(),
      operationCache,
      logger,
    };
    return { graph, operations, subgraphs, parts };
  };
}
