import { readFile } from 'node:fs/promises';
import { ConfigError } from '@customer360/kit/config';
import { createHealth } from '@customer360/kit/health';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import { startServer } from '@customer360/kit/server';
import type { Service } from '@customer360/kit/service';
import type { GatewayConfig } from './config.ts';
import { createHandler } from './http/handler.ts';
import { createInFlight } from './http/in-flight.ts';
import type { Answer } from './http/pipeline.ts';
import { answer } from './http/pipeline.ts';
import { createStaticHandler } from './http/static-files.ts';
import { buildGraph } from './prepare/graph.ts';
import { createOperations } from './prepare/operations.ts';
import { createSubgraphs } from './subgraph/subgraphs.ts';

/**
 * Starts the one endpoint over whatever graph the supergraph file describes. No subgraph needs to be there.
 *
 * @throws {ConfigError} when there is no supergraph file
 */
export async function start(config: GatewayConfig, deps: { logger?: Logger } = {}): Promise<Service> {
  const { logger = createLogger('gateway') } = deps;
  const supergraphSdl = await readFile(config.supergraphPath, 'utf8').catch(() => {
    throw new ConfigError(`There is no supergraph at ${config.supergraphPath}. Run "npm run compose" first.`);
  });
  const graph = buildGraph(supergraphSdl);
  const operations = createOperations(graph, config);
  const subgraphs = createSubgraphs(graph.services, config.subgraphTimeoutMs, logger);

  const parts = {
    operations,
    services: subgraphs.services,
    maxCost: config.maxCost,
    inFlight: createInFlight<Answer>(),
    logger,
  };

  const health = createHealth();
  const server = await startServer({
    logger,
    host: config.host,
    port: config.port,
    handlers: [
      health.handler,
      createHandler((request, method, signal) => answer(parts, request, method, signal)),
      ...(config.webRoot ? [createStaticHandler(config.webRoot)] : []),
    ],
  });
  health.setReady(true);

  return {
    name: 'gateway',
    url: server.url,
    async close() {
      health.setReady(false);
      await server.close();
      await subgraphs.close();
    },
  };
}
