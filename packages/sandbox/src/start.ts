import type { MarketoOptions } from './marketo/server.ts';
import { startMarketo } from './marketo/server.ts';
import type { NetsuiteOptions } from './netsuite/server.ts';
import { startNetsuite } from './netsuite/server.ts';
import type { SalesforceOptions } from './salesforce/server.ts';
import { startSalesforce } from './salesforce/server.ts';
import type { RunningVendor } from './vendor/server.ts';
import type { World, WorldOptions } from './world/world.ts';
import { openWorld } from './world/world.ts';

export type Vendor = 'netsuite' | 'salesforce' | 'marketo';

export interface Sandboxes {
  world: World;
  vendors: Partial<Record<Vendor, RunningVendor>>;
  close(): Promise<void>;
}

export interface SandboxesOptions extends WorldOptions {
  host: string;
  /** The vendors to stand in for, each with its port; 0 takes a free one. */
  ports: Partial<Record<Vendor, number>>;
  /** What an account, org or instance is to have other than its default. */
  netsuite?: VendorSettings<NetsuiteOptions>;
  salesforce?: VendorSettings<SalesforceOptions>;
  marketo?: VendorSettings<MarketoOptions>;
}

type VendorSettings<Options> = Partial<Omit<Options, 'host' | 'port' | 'world'>>;

/** Starts the asked vendors over one world, each a server of its own. */
export async function startSandboxes({
  host,
  ports,
  netsuite,
  salesforce,
  marketo,
  ...options
}: SandboxesOptions): Promise<Sandboxes> {
  const world = openWorld(options);
  const starters: Record<Vendor, (port: number) => Promise<RunningVendor>> = {
    netsuite: (port) => startNetsuite({ host, port, world, ...netsuite }),
    salesforce: (port) => startSalesforce({ host, port, world, ...salesforce }),
    marketo: (port) => startMarketo({ host, port, world, ...marketo }),
  };
  const vendors: Sandboxes['vendors'] = {};
  const close = async () => {
    await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
    world.close();
  };
  try {
    for (const [name, port] of Object.entries(ports) as [Vendor, number][]) {
      vendors[name] = await starters[name](port);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { world, vendors, close };
}
