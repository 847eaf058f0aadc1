import './quiet.ts';
import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ConfigError } from '@customer360/kit/config';
import { formatError } from '@customer360/kit/errors';
import { createGraphqlHandler } from '@customer360/kit/graphql-http';
import { createHealth } from '@customer360/kit/health';
import { logFailures } from '@customer360/kit/log-failures';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import { startServer } from '@customer360/kit/server';
import type { Service } from '@customer360/kit/service';
import { createAbsentFields } from './absent-fields.ts';
import type { GatewayConfig } from './config.ts';
import { readContract } from './contract.ts';
import { finiteNumbers } from './finite-numbers.ts';
import { createStaticHandler } from './static-files.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import { createSubgraphClient } from './subgraph-client.ts';
import { createSubgraphSource } from './subgraph-source.ts';
import { hideValueCompletion } from './value-completion.ts';

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
  const contract = readContract(supergraphSdl);
  const absentFields = createAbsentFields();
  const clients: SubgraphClient[] = [];

  const apollo = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl,
      logger,
      buildService({ name, url }) {
        if (!url) throw new ConfigError(`The supergraph has no routing URL for ${name}.`);
        const client = createSubgraphClient(url, config.subgraphTimeoutMs);
        clients.push(client);
        return createSubgraphSource({ service: name, client, contract, absentFields, logger });
      },
    }),
    formatError,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    maxRecursiveSelections: 10_000,
    parseOptions: { maxTokens: 2000 },
    stopOnTerminationSignals: false,
    logger,
    validationRules: [finiteNumbers],
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      absentFields.plugin,
      hideValueCompletion(logger),
      logFailures(logger),
    ],
  });
  await apollo.start();

  const health = createHealth();
  const server = await startServer({
    logger,
    host: config.host,
    port: config.port,
    handlers: [
      health.handler,
      createGraphqlHandler(apollo, () => ({})),
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
      await apollo.stop();
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
