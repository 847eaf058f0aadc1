import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import { createSalesforceClient } from './client.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { schema } from './schema.ts';
import { createSalesforceSource } from './source.ts';

export interface Dependencies {
  logger?: Logger;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
}

/** Starts the Salesforce subgraph; one client for the process, one source for each request. */
export async function start(config: Config, dependencies: Dependencies = {}): Promise<Service> {
  const { logger = createLogger('salesforce', config.logLevel), clock } = dependencies;
  const client = createSalesforceClient(config.salesforce, clock);
  return startSubgraph<Context>({
    name: 'salesforce',
    ...schema,
    createContext: () => ({ source: createSalesforceSource(client), currency: config.currency }),
    host: config.host,
    port: config.port,
    logger,
    warmUp: () => client.warmUp(),
  });
}
