import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@customer360/kit/bus/bus';
import { createBus } from '@customer360/kit/bus/create-bus';
import { ConfigError } from '@customer360/kit/config';
import { createHealth } from '@customer360/kit/health';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import { startServer } from '@customer360/kit/server';
import type { Service } from '@customer360/kit/service';
import { createTracing } from '@customer360/kit/tracing';
import type { GatewayConfig } from './config.ts';
import { createBuild } from './generation.ts';
import { createHandler } from './http/handler.ts';
import { measured } from './http/measured.ts';
import { answer } from './http/pipeline.ts';
import { createStaticHandler } from './http/static-files.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createOperationCache } from './operation-cache/operation-cache.ts';
import { graphId } from './prepare/graph.ts';
import { createFileSource } from './supergraph/file-source.ts';
import { createReloader } from './supergraph/reloader.ts';
import type { SupergraphSource } from './supergraph/source.ts';
import { createUrlSource } from './supergraph/url-source.ts';

/**
 * Starts the one endpoint over whatever graph the supergraph describes, and follows it. No subgraph needs to be there.
 *
 * @throws {ConfigError} when there is no supergraph
 */
export async function start(config: GatewayConfig, deps: { logger?: Logger; bus?: Bus } = {}): Promise<Service> {
  const { logger = createLogger('gateway', config.logLevel) } = deps;
  const source = config.supergraphUrl
    ? createUrlSource(config.supergraphUrl, config.supergraphPollMs)
    : createFileSource(config.supergraphPath);
  const metrics = createMetrics({
    keptPlans: () => graphs.current().kept.operations.kept,
    refusing: () => graphs.refused() !== null,
  });
  const bus = deps.bus ?? createBus(config.backbone, logger);
  const operationCache =
    config.operationCacheMaxBytes > 0
      ? createOperationCache({
          maxBytes: config.operationCacheMaxBytes,
          bus,
          onLook: (found) => {
            metrics.counts[found ? 'operationCacheHits' : 'operationCacheMisses'] += 1;
          },
          // Who reads after a drop must not be given what was begun before it.
          onDrop: () => graphs?.current().kept.parts.inFlight.renew(),
        })
      : undefined;
  const release = async () => {
    operationCache?.close();
    if (!deps.bus) await bus.close();
  };
  const build = createBuild(config, logger, metrics, operationCache);
  const graphs = createReloader({
    source,
    first: build(await readFirst(source)),
    idOf: graphId,
    build,
    warmOperations: config.reloadWarmOperations,
    logger,
    onReload: metrics.reload,
  });

  const health = createHealth(() => {
    const refusedSupergraph = graphs.refused();
    return { supergraph: graphs.current().kept.graph.id, ...(refusedSupergraph && { refusedSupergraph }) };
  });
  const tracing = await createTracing('gateway', config.running.traces);
  const server = await startServer({
    logger,
    tracing,
    host: config.host,
    port: config.port,
    handlers: [
      health.handler,
      metrics.handler,
      createHandler(
        measured(metrics, logger, (request, method, signal, deliver) =>
          graphs.current().use(({ parts }) => answer(parts, request, method, signal, deliver)),
        ),
        (ms) => metrics.request(undefined, 'bad_request', ms),
      ),
      ...(config.webRoot ? [createStaticHandler(config.webRoot)] : []),
    ],
  }).catch(async (error: unknown) => {
    await graphs.close();
    await release();
    throw error;
  });
  health.set('ready');

  return {
    name: 'gateway',
    url: server.url,
    reload: graphs.reload,
    async drain() {
      health.set('stopping');
      server.drain();
      await sleep(config.running.drainDelayMs);
    },
    async close(graceMs) {
      health.set('stopping');
      await server.close(graceMs);
      await graphs.close();
      await release();
      await tracing?.close();
    },
  };
}

async function readFirst(source: SupergraphSource): Promise<string> {
  const text = await source.read().catch((error: unknown) => {
    const hint =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'Run "npm run compose" first.' : 'It could not be read.';
    throw new ConfigError(`There is no supergraph at ${source.name}. ${hint}`);
  });
  return text ?? '';
}
