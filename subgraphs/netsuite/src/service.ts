import { createVendorHttp } from '@customer360/kit/http';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import { createVendorPolicy } from '@customer360/kit/policy';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { createAccessTokens } from './rest/access-token.ts';
import { createRestSource } from './rest/source.ts';
import { createSuiteQl } from './rest/suiteql.ts';
import { schema } from './schema.ts';
import { createSoapClient } from './soap/client.ts';
import { createSoapSource } from './soap/source.ts';
import type { NetSuiteSource } from './source.ts';

export interface Deps {
  logger?: Logger;
  /** Tells what day it is; logins go by the system's clock. @default the system's clock */
  clock?: () => Date;
}

/** Starts the subgraph. NetSuite need not be reachable for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
  const { logger = createLogger('netsuite', config.logLevel), clock = () => new Date() } = deps;
  const source = createSource(config.netsuite);

  return startSubgraph({
    name: 'netsuite',
    ...schema,
    createContext: createContextFactory(source, config, clock),
    host: config.host,
    port: config.port,
    logger,
  });
}

/** Calls that may wait for a slot. They give up at the deadline, so the queue need not be short. */
const maxWaiting = 1000;

/** The source for the configured transport; connections, tokens and limits are shared by the process. */
export function createSource(netsuite: Config['netsuite']): NetSuiteSource {
  const { transport, baseUrl, timeoutMs, concurrency } = netsuite;
  const system = 'NETSUITE';
  const http = createVendorHttp({ system, timeoutMs, maxSockets: concurrency });
  const policy = createVendorPolicy({ system, timeoutMs, slots: concurrency, queue: maxWaiting });

  if (transport === 'soap') return createSoapSource(createSoapClient({ http, policy, settings: netsuite }));
  const tokens = createAccessTokens({ http, baseUrl, machine: netsuite.machine });
  return createRestSource(createSuiteQl({ http, policy, tokens, baseUrl }));
}
