import { setTimeout as sleep } from 'node:timers/promises';
import type { Backbone } from '@customer360/kit/backbone';
import { shareBackbone } from '@customer360/kit/backbone';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import { startSubgraph } from '@customer360/kit/subgraph';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { createReports } from './reports.ts';
import { schema } from './schema.ts';
import { createWorkspaceSource, systems } from './source.ts';

export interface Deps {
  logger?: Logger;
  /** Monotonic milliseconds. @default performance.now */
  clock?: () => number;
  /** Milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** What services share. @default one of this service's own */
  backbone?: Backbone;
}

/** Starts the subgraph. Nobody need be there who reports for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
  const { logger = createLogger('workspace', config.logLevel), clock = () => performance.now(), now = Date.now } = deps;
  const { bus, release } = await shareBackbone(deps.backbone, config.backbone, logger);
  const reports = createReports({ bus, systems, clock, now });

  return startSubgraph({
    name: 'workspace',
    ...schema,
    createContext: createContextFactory(createWorkspaceSource(reports, now)),
    host: config.host,
    port: config.port,
    running: config.running,
    logger,
    // From the first answer on it tells what all copies see, if they are there.
    warmUp: () => Promise.race([reports.complete, sleep(config.firstReportsMs, undefined, { ref: false })]),
    async release() {
      reports.close();
      await release();
    },
  });
}
