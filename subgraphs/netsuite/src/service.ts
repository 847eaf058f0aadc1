import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import { createNetSuiteClient } from './client.ts';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { schema } from './schema.ts';

export interface Deps {
  logger?: Logger;
  /** Tells what day it is and when data was read; logins go by the system's clock. @default the system's clock */
  clock?: () => Date;
}

/** Starts the subgraph. NetSuite need not be reachable for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
  const { logger = createLogger('netsuite', config.logLevel), clock = () => new Date() } = deps;
  const client = createNetSuiteClient(config.netsuite);

  return startSubgraph({
    name: 'netsuite',
    ...schema,
    createContext: createContextFactory({ client, config, clock }),
    host: config.host,
    port: config.port,
    running: config.running,
    logger,
    warmUp: client.warmUp,
  });
}
