import { readConfig as readGatewayConfig } from '@customer360/gateway/config';
import { start as startGateway } from '@customer360/gateway/service';
import type { Backbone } from '@customer360/kit/backbone';
import { createBackboneFor } from '@customer360/kit/backbone';
import type { Logger } from '@customer360/kit/logger';
import { createLogger } from '@customer360/kit/logger';
import type { Service } from '@customer360/kit/service';
import * as marketoConfig from '@customer360/marketo/config';
import * as marketo from '@customer360/marketo/service';
import * as netsuiteConfig from '@customer360/netsuite/config';
import * as netsuite from '@customer360/netsuite/service';
import * as salesforceConfig from '@customer360/salesforce/config';
import * as salesforce from '@customer360/salesforce/service';
import type { Sandboxes, SandboxesOptions } from '@customer360/sandbox/start';
import { startSandboxes } from '@customer360/sandbox/start';
import * as workspaceConfig from '@customer360/workspace/config';
import * as workspace from '@customer360/workspace/service';
import type { Addresses, Subgraph, Vendor } from './addresses.ts';
import { subgraphNames } from './addresses.ts';
import { paths } from './paths.ts';
import { isVendor, routesTo, stoodInFor, vendorVariable } from './wiring.ts';
import { writeSupergraph } from './write-supergraph.ts';

type Env = Record<string, string | undefined>;

export interface EmbeddedOptions {
  addresses: Addresses;
  /** The world of the sandboxes and their limits; where they listen is told by `addresses`. */
  sandboxes?: Omit<SandboxesOptions, 'host' | 'ports'>;
  /** Settings of every service; what is not set fits the sandboxes. @default {} */
  env?: Env;
  /** Where the composed graph of this run goes. @default a file of this gateway's port */
  supergraphPath?: string;
  logger?: Logger;
  /** Tells subgraphs what day it is and how old data is. @default the system's clock */
  clock?: () => Date;
  /** What stands between a part and those who call it: its address in, the address to call out. @default nothing */
  through?: (part: `${Vendor}Sandbox` | Subgraph, url: string) => Promise<string>;
}

/** Everything that one machine runs, in one process, each part on its own port. */
export interface Embedded {
  gateway: Service;
  subgraphs: Record<Subgraph, Service>;
  sandboxes: Sandboxes;
  /** What all services share. */
  backbone: Backbone;
  /** What composition found odd but accepted. */
  hints: string[];
  close(): Promise<void>;
}

interface Deps {
  logger?: Logger;
  clock?: () => Date;
  backbone: Backbone;
}

const starters: Record<Subgraph, (env: Env, deps: Deps) => Promise<Service>> = {
  netsuite: (env, deps) => netsuite.start(netsuiteConfig.readConfig(env), deps),
  salesforce: (env, deps) => salesforce.start(salesforceConfig.readConfig(env), deps),
  marketo: (env, deps) => marketo.start(marketoConfig.readConfig(env), deps),
  workspace: (env, { clock, ...deps }) =>
    workspace.start(workspaceConfig.readConfig(env), { ...deps, ...(clock ? { clock: () => clock().getTime() } : {}) }),
};

/** Starts sandboxes, subgraphs and gateway in that order; whatever has started is closed again if a later part fails. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { addresses, env = {}, logger, clock, through = async (_, url) => url } = options;
  const { host, ports } = addresses;
  const supergraphPath = options.supergraphPath ?? paths.supergraphOf(ports.gateway);
  const backbone = createBackboneFor(env, logger ?? createLogger('embedded', 'warn'));
  const deps = { ...(logger ? { logger } : {}), ...(clock ? { clock } : {}), backbone };
  const started: { close(): Promise<void> }[] = [backbone];
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    started.push(part);
    return part;
  };
  const close = async () => {
    for (const part of started.splice(0).reverse()) await part.close();
  };

  try {
    await backbone.ready();
    const sandboxes = keep(
      await startSandboxes({
        ...options.sandboxes,
        host,
        ports: Object.fromEntries(stoodInFor(env).map((name) => [name, ports[`${name}Sandbox`]])),
      }),
    );
    const running = await Promise.allSettled(
      subgraphNames.map(async (name) => {
        const sandbox = isVendor(name) ? sandboxes.vendors[name] : undefined;
        const vendor =
          isVendor(name) && sandbox ? { [vendorVariable[name]]: await through(`${name}Sandbox`, sandbox.url) } : {};
        const service = await starters[name]({ ...env, ...vendor, HOST: host, PORT: String(ports[name]) }, deps);
        return [name, keep(service)] as const;
      }),
    );
    const failed = running.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const subgraphs = Object.fromEntries(
      running.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    ) as Record<Subgraph, Service>;

    const routed = await Promise.all(
      subgraphNames.map(async (name) => [name, await through(name, subgraphs[name].url)] as const),
    );
    const urls = Object.fromEntries(routed) as Record<Subgraph, string>;
    const { hints } = await writeSupergraph(
      routesTo((name) => urls[name]),
      supergraphPath,
    );
    const settings = {
      WEB_ROOT: paths.web,
      ...env,
      HOST: host,
      PORT: String(ports.gateway),
      SUPERGRAPH_PATH: supergraphPath,
    };
    const gateway = keep(
      await startGateway(readGatewayConfig(settings), { ...(logger ? { logger } : {}), bus: backbone.bus }),
    );
    return { gateway, subgraphs, sandboxes, backbone, hints, close };
  } catch (error) {
    await close();
    throw error;
  }
}
