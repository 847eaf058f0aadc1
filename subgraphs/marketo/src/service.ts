import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import { createAttribution } from './attribution.ts';
import { buildAttribution } from './attribution-build.ts';
import { createMarketoClient } from './client.ts';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { schema } from './schema.ts';

export interface Deps {
  logger?: Logger;
  /** Tells when data was read, and when quotas start again. @default the system's clock */
  clock?: () => Date;
}

/** Starts the subgraph. Marketo need not be reachable for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
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
    ...schema,
    createContext: createContextFactory({ client, attribution, clock }),
    host: config.host,
    port: config.port,
    running: config.running,
    logger,
    // Campaign figures are there from the first answer on, if Marketo is quick.
    warmUp: async () => void (await attribution.get()),
  }).catch((error: unknown) => {
    attribution.close();
    throw error;
  });
  return {
    ...service,
    close(graceMs) {
      attribution.close();
      return service.close(graceMs);
    },
  };
}
