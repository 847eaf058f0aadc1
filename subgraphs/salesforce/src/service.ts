import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import { createSalesforceClient } from './client.ts';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { schema } from './schema.ts';

export interface Deps {
  logger?: Logger;
  /** Tells when data was read; sessions go by the system's clock. @default the system's clock */
  clock?: () => Date;
}

/** Starts the subgraph. Salesforce need not be reachable for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
  const { logger = createLogger('salesforce', config.logLevel), clock = () => new Date() } = deps;
  const client = createSalesforceClient(config.salesforce);

  return startSubgraph({
    name: 'salesforce',
    ...schema,
    createContext: createContextFactory({ client, config, clock }),
    host: config.host,
    port: config.port,
    running: config.running,
    logger,
    warmUp: client.warmUp,
  });
}
