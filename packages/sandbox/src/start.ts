import { startMarketo } from './marketo/server.ts';
import { startNetsuite } from './netsuite/server.ts';
import { startSalesforce } from './salesforce/server.ts';
import type { RunningVendor } from './vendor/server.ts';
import type { World, WorldOptions } from './world/world.ts';
import { openWorld } from './world/world.ts';

export type Vendor = 'netsuite' | 'salesforce' | 'marketo';

const starters = { netsuite: startNetsuite, salesforce: startSalesforce, marketo: startMarketo };

export interface Sandboxes {
  world: World;
  vendors: Partial<Record<Vendor, RunningVendor>>;
  close(): Promise<void>;
}

export interface SandboxesOptions extends WorldOptions {
  host: string;
  /** The vendors to stand in for, each with its port; 0 takes a free one. */
  ports: Partial<Record<Vendor, number>>;
}

/** Starts the asked vendors over one world, each a server of its own. */
export async function startSandboxes({ host, ports, ...options }: SandboxesOptions): Promise<Sandboxes> {
  const world = openWorld(options);
  const vendors: Sandboxes['vendors'] = {};
  const close = async () => {
    await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
    world.db.close();
  };
  try {
    for (const [name, port] of Object.entries(ports) as [Vendor, number][]) {
      vendors[name] = await starters[name]({ host, port, world });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { world, vendors, close };
}
