import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import { createAttribution } from './attribution.ts';
import { buildAttribution } from './attribution-build.ts';
import { createMarketoClient } from './client.ts';
import type { Config } from './config.ts';
import { createMarketoSource } from './marketo-source.ts';
import { resolvers } from './resolvers.ts';
import { typeDefs } from './schema.ts';

const warmUpMs = 2000;

/** Starts the subgraph; Marketo need not be there. */
export async function start(config: Config, deps: { logger?: Logger; clock?: () => Date } = {}): Promise<Service> {
  const { logger = createLogger('marketo', config.logLevel), clock = () => new Date() } = deps;
  const client = createMarketoClient(config.marketo, clock);
  const { model, refreshMs } = config.attribution;
  const attribution = createAttribution({
    build: (signal) =>
      buildAttribution((question) => client.askLater(question, signal), { model, currency: config.currency }, clock),
    refreshMs,
    patienceMs: config.marketo.timeoutMs,
    logger,
  });
  const service = await startSubgraph({
    name: 'marketo',
    typeDefs,
    resolvers,
    createContext: () => ({ marketing: createMarketoSource(client, attribution, clock) }),
    host: config.host,
    port: config.port,
    logger,
    // Campaign figures are there from the first answer on, if Marketo is quick; a slow one does not hold the start up.
    warmUp: () => Promise.race([attribution.get().then(() => undefined), sleep(warmUpMs, undefined, { ref: false })]),
  }).catch((error: unknown) => {
    attribution.close();
    throw error;
  });
  return {
    ...service,
    close() {
      attribution.close();
      return service.close();
    },
  };
}
