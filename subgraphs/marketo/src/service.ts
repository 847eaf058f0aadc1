import type { Backbone } from '@customer360/kit/backbone';
import { shareBackbone } from '@customer360/kit/backbone';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import { createLeases } from '@customer360/kit/redis/lease';
import type { Service } from '@customer360/kit/service';
import { createSourceCache } from '@customer360/kit/source-cache';
import { createSourceHealth } from '@customer360/kit/source-health';
import { startSubgraph } from '@customer360/kit/subgraph';
import { BuiltElsewhereError, createAttribution } from './attribution.ts';
import { buildAttribution } from './attribution-build.ts';
import { createCachedFigures, createCachedReads } from './cache.ts';
import { createMarketoClient } from './client.ts';
import type { Config } from './config.ts';
import { createContextFactory } from './context.ts';
import { schema } from './schema.ts';

export interface Deps {
  logger?: Logger;
  /** Tells when data was read, and when quotas start again. @default the system's clock */
  clock?: () => Date;
  /** What services share. @default one of this service's own */
  backbone?: Backbone;
}

/** A copy that died while it read the figures is not waited for any longer. */
const leaseMs = 5 * 60_000;

/** Starts the subgraph. Marketo need not be reachable for it to start. */
export async function start(config: Config, deps: Deps = {}): Promise<Service> {
  const { logger = createLogger('marketo', config.logLevel), clock = () => new Date() } = deps;
  const { store, bus, redis, release } = await shareBackbone(deps.backbone, config.backbone, logger);
  const health = createSourceHealth({ system: 'MARKETO' });
  const client = createMarketoClient(config.marketo, { health, redis, clock });
  const { cache, cacheHealth } = createSourceCache({ store, ages: config.ages, health, clock: deps.clock });
  const { model, refreshMs } = config.attribution;
  const cached = createCachedReads(client, cache);
  const closing = new AbortController();
  const attribution = createAttribution({
    built: createCachedFigures(
      async () => {
        const build = () =>
          buildAttribution((question) => client.askLater(question, closing.signal), {
            model,
            currency: config.currency,
          });
        const built = await createLeases(redis).run('marketo:attribution', leaseMs, build);
        if (built === 'elsewhere') throw new BuiltElsewhereError();
        return built.done;
      },
      { model, refreshMs },
      cache,
    ),
    refreshMs,
    patienceMs: config.marketo.policy.timeoutMs,
    logger,
  });

  return startSubgraph({
    name: 'marketo',
    ...schema,
    createContext: createContextFactory({ cached, attribution, clock }),
    host: config.host,
    port: config.port,
    running: config.running,
    logger,
    sources: [health],
    caches: [cacheHealth],
    bus,
    // Campaign figures are there from the first answer on, if Marketo is quick.
    warmUp: async () => void (await attribution.get()),
    async release() {
      closing.abort();
      attribution.close();
      await release();
    },
  });
}
