import type { Backbone } from '@customer360/kit/backbone';
import { shareBackbone } from '@customer360/kit/backbone';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { createSourceCache } from '@customer360/kit/source-cache';
import { createSourceHealth } from '@customer360/kit/source-health';
import { startSubgraph } from '@customer360/kit/subgraph';
import { createCachedReads } from './cache.ts';
import { createNetSuiteClient } from './client.ts';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { schema } from './schema.ts';

export interface Deps {
  logger?: Logger;
  /** Tells what day it is and when data was read; logins go by the system's clock. @default the system's clock */
  clock?: () => Date;
  /** What services share. @default one of this service's own */
  backbone?: Backbone;
}

/** Starts the subgraph. NetSuite need not be reachable for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
  const { logger = createLogger('netsuite', config.logLevel), clock = () => new Date() } = deps;
  const { store, bus, redis, release } = await shareBackbone(deps.backbone, config.backbone, logger);
  const health = createSourceHealth({ system: 'NETSUITE' });
  const client = createNetSuiteClient(config.netsuite, { health, redis });
  const { cache, cacheHealth } = createSourceCache({ store, ages: config.ages, health, clock: deps.clock });
  const cached = createCachedReads(client, cache);

  return startSubgraph({
    name: 'netsuite',
    ...schema,
    createContext: createContextFactory({ cached, config, clock }),
    host: config.host,
    port: config.port,
    running: config.running,
    logger,
    sources: [health],
    caches: [cacheHealth],
    bus,
    warmUp: client.warmUp,
    release,
  });
}
