import type { Contender, Pace, Workload } from '../compare.ts';
import { compare } from '../compare.ts';
import type { Figure } from '../figures.ts';
import { countVendorCalls } from './count-vendor-calls.ts';
import type { ProductRequests } from './requests.ts';
import { mixOf, readRequests, someOf } from './requests.ts';
import type { Settings } from './settings.ts';
import { asDesigned, nothingFresh } from './settings.ts';
import { startMesh } from './start-mesh.ts';
import { startProduct, startStock } from './start-product.ts';
import type { VendorSandboxes } from './start-sandboxes.ts';
import { startSandboxes } from './start-sandboxes.ts';

export interface ProductBench extends Pace {
  /** Whether only what needs no peers' packages is compared. */
  quick: boolean;
  /** Of this run's files. */
  folder: string;
}

/** Every vendor call takes this long. */
const vendorLatencyMs = 40;
const users = 100;
/** A request every so often is a low load. */
const lowLoadMs = 20;
/** Records say when they were read, and each contender reads them for itself. */
const volatile = ['asOf'];

type Say = (line: string) => void;

/** The page's operations, one at a time and by a hundred users, over vendors that take their time. */
export async function compareProduct(bench: ProductBench, say: Say): Promise<Figure[]> {
  await using started = new AsyncDisposableStack();
  const sandboxes = await startSandboxes(started);
  await sandboxes.vendors.slowDown(vendorLatencyMs);
  const shared = { volatile, vendorsSince: sandboxes.vendors.since };

  const cold = await compareAll(bench, sandboxes, nothingFresh, say, (requests) => [
    ...Object.entries(requests).map(([name, bodies]) => ({ ...shared, name, bodies, connections: 1 })),
    { ...shared, name: `${users} users uncached`, bodies: mixOf(requests), connections: users },
  ]);
  const cached = await compareAll(bench, sandboxes, asDesigned, say, (requests) => [
    { ...shared, name: 'low load', bodies: someOf(requests), connections: 1, everyMs: lowLoadMs },
    { ...shared, name: `${users} users`, bodies: mixOf(requests), connections: users },
  ]);
  const figures = [...cold, ...cached];
  if (!bench.quick) figures.push(...(await countVendorCalls(bench.folder, sandboxes, say)));
  return figures;
}

/** Starts every contender with the same settings and lets them do some workloads in turn. */
async function compareAll(
  bench: ProductBench,
  { variables, vendors }: VendorSandboxes,
  settings: Settings,
  say: Say,
  workloadsFor: (requests: ProductRequests) => Workload[],
): Promise<Figure[]> {
  await using started = new AsyncDisposableStack();
  say('starting the product and its peers');
  const all = { ...variables, ...settings };
  const product = await startProduct(started, all);
  const contenders: Contender[] = [product, await startStock(started, product)];
  if (!bench.quick) contenders.push(await startMesh(started, bench.folder, all));
  await vendors.settle();
  const figures: Figure[] = [];
  for (const workload of workloadsFor(await readRequests(product.url))) {
    figures.push(...(await compare(contenders, workload, bench, say)));
  }
  return figures;
}
