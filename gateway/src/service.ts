import { setTimeout as sleep } from 'node:timers/promises';
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
export async function start(config: GatewayConfig, deps: { logger?: Logger } = {}): Promise<Service> {
  const { logger = createLogger('gateway') } = deps;
  const source = config.supergraphUrl
    ? createUrlSource(config.supergraphUrl, config.supergraphPollMs)
    : createFileSource(config.supergraphPath);
  const metrics = createMetrics({
    keptPlans: () => graphs.current().kept.operations.kept,
    refusing: () => graphs.refused() !== null,
  });
  const build = createBuild(config, logger, metrics);
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
        measured(metrics, (request, method, signal, deliver) =>
          graphs.current().use(({ parts }) => answer(parts, request, method, signal, deliver)),
        ),
        (ms) => metrics.request(undefined, 'bad_request', ms),
      ),
      ...(config.webRoot ? [createStaticHandler(config.webRoot)] : []),
    ],
  }).catch(async (error: unknown) => {
    await graphs.close();
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
