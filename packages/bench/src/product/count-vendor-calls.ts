import type { Contender } from '../compare.ts';
import { runOnce } from '../compare.ts';
import type { Figure } from '../figures.ts';
import { summarise } from '../figures.ts';
import { dashboardRequest } from './requests.ts';
import { hastened } from './settings.ts';
import { startMesh } from './start-mesh.ts';
import { startProduct } from './start-product.ts';
import type { VendorSandboxes } from './start-sandboxes.ts';

/** How much faster than real time the ten minutes pass: for caches, users and vendors alike. */
const haste = 10;
const durationMs = 600_000 / haste;
/** Every user loads the dashboard once a minute: a thousand loads in all. */
const users = 100;
const everyMs = 60_000 / haste;
const vendorLatencyMs = 40 / haste;

/**
 * What ten minutes of dashboards cost the vendors. Every contender begins with nothing in its caches; the stock gateway
 * is none of them, because its subgraphs' caches are the product's own.
 */
export async function countVendorCalls(
  folder: string,
  { variables, vendors }: VendorSandboxes,
  say: (line: string) => void,
): Promise<Figure[]> {
  const settings = { ...variables, ...hastened(haste) };
  const starters: ((started: AsyncDisposableStack) => Promise<Contender>)[] = [
    (started) => startProduct(started, settings),
    (started) => startMesh(started, folder, settings),
  ];
  const workload = {
    name: 'ten minutes',
    bodies: [dashboardRequest],
    connections: users,
    vendorsSince: vendors.since,
  };
  await vendors.slowDown(vendorLatencyMs);
  const figures: Figure[] = [];
  for (const start of starters) {
    await using started = new AsyncDisposableStack();
    const contender = await start(started);
    say(`${workload.name} of ${contender.name}, ${haste} times as fast`);
    // What the product reads ahead for an hour is none of these minutes.
    await vendors.settle();
    const pace = { connections: users, everyMs, warmUpMs: 0, durationMs };
    const run = await runOnce(contender, workload, pace);
    const { name, coalescing } = contender;
    figures.push(summarise({ workload: workload.name, name, coalescing, paced: true }, [run]));
  }
  return figures;
}
