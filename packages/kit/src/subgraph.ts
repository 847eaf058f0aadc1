import { setTimeout as sleep } from 'node:timers/promises';
import { ApolloServer, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { Bus } from './bus/bus.ts';
import type { CacheHealth } from './cache/cache-health.ts';
import type { System } from './errors.ts';
import { formatError } from './errors.ts';
import { createGraphqlHandler } from './graphql-http.ts';
import { createHealth } from './health.ts';
import { logFailures } from './log-failures.ts';
import { logRequests } from './log-requests.ts';
import { logSource } from './log-source.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { createMetrics } from './metrics.ts';
import type { WithReads } from './provenance-plugin.ts';
import { tellProvenance } from './provenance-plugin.ts';
import { reportSources } from './report-sources.ts';
import { countingCalls } from './request-calls.ts';
import { startServer } from './server.ts';
import type { Service } from './service.ts';
import type { Running } from './settings.ts';
import type { SourceHealth } from './source-health.ts';
import { createTracing } from './tracing.ts';

type Modules = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>;
type Resolvers = NonNullable<Extract<Modules[number], { typeDefs: unknown }>['resolvers']>;

export interface SubgraphOptions<Context extends BaseContext & WithReads> {
  name: string;
  /** The SDL of the subgraph. */
  typeDefs: string;
  resolvers: object;
  /** Made once per request: what one request carries. */
  createContext(): Context;
  host: string;
  /** 0 takes a free port. */
  port: number;
  running: Running;
  logger: Logger;
  /** The vendors that it reads, for metrics and the log. @default none */
  sources?: readonly SourceHealth[];
  /** The caches in front of them, for metrics. @default none */
  caches?: readonly CacheHealth[];
  /** Where it is told how they are. @default nowhere */
  bus?: Bus;
  /** Where figures go that the subgraph itself knows nothing of. @default one of its own */
  metrics?: Metrics;
  /** What the first answer would have to wait for, begun ahead. Neither its failure nor its slowness stops the start. */
  warmUp?(): Promise<void>;
  /** Ends what was made for the subgraph, when it is closed or cannot start. */
  release?(): Promise<void>;
}

/** A vendor that takes longer to wake is not waited for. */
const warmUpMs = 2000;

/** Starts a federated subgraph with `/graphql`, `/metrics` and health paths. Vendors need not be there for it to start. */
export async function startSubgraph<Context extends BaseContext & WithReads>(
  options: SubgraphOptions<Context>,
): Promise<Service> {
  try {
    return await serve(options);
  } catch (error) {
    await options.release?.();
    throw error;
  }
}

async function serve<Context extends BaseContext & WithReads>(options: SubgraphOptions<Context>): Promise<Service> {
  const { name, logger, sources = [], caches = [], bus, metrics = createMetrics() } = options;
  for (const source of sources) {
    metrics.watch(source);
    logSource(source, logger);
  }
  for (const cache of caches) metrics.watchCache(cache);
  const cachedAsOf = (system: System) => caches.find((cache) => cache.system === system)?.cachedAsOf() ?? null;
  const apollo = new ApolloServer<Context>({
    schema: buildSubgraphSchema([{ typeDefs: parse(options.typeDefs), resolvers: options.resolvers as Resolvers }]),
    formatError,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    logger,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      logFailures(logger),
      logRequests(logger, metrics),
      tellProvenance(),
    ],
  });
  await apollo.start();
  const tracing = await createTracing(name, options.running.traces);
  const health = createHealth();
  const graphql = createGraphqlHandler(apollo, options.createContext);
  const server = await startServer({
    host: options.host,
    port: options.port,
    handlers: [health.handler, metrics.handler, (request, response) => countingCalls(() => graphql(request, response))],
    logger,
    tracing,
  });
  const endReports = bus && reportSources({ bus, sources, cachedAsOf });
  const warming = options.warmUp?.().catch((error: unknown) => logger.warn({ err: error }, 'warm-up failed'));
  await Promise.race([warming, sleep(warmUpMs, undefined, { ref: false })]);
  health.set('ready');

  return {
    name,
    url: server.url,
    async drain() {
      health.set('stopping');
      server.drain();
      await sleep(options.running.drainDelayMs);
    },
    async close(graceMs) {
      health.set('stopping');
      await server.close(graceMs);
      await apollo.stop();
      await endReports?.();
      await options.release?.();
      await tracing?.close();
    },
  };
}
