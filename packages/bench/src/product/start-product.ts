import { join } from 'node:path';
import { paths } from '@customer360/dev/paths';
import { stock } from '../candidates.ts';
import type { Contender } from '../compare.ts';
import { freeBase, freePort } from '../ports.ts';
import { startProcess } from '../processes.ts';

/** Every vendor call takes this long. */
export const vendorLatencyMs = 40;
const serviceOffsets = [0, 1, 2, 3];
const sandboxOffsets = [101, 102, 103];

/**
 * Starts the whole product over sandboxes that are slow as vendors are, and the stock gateway before the same
 * subgraphs. Every process that an answer needs counts as the contender's own.
 */
export async function startProduct(started: AsyncDisposableStack): Promise<Contender[]> {
  const base = await freeBase([...serviceOffsets, ...sandboxOffsets]);
  // More than a vendor's subscription allows: this measures the product, not its contract.
  const limits = ['perWindow=1000000', 'perDay=10000000', 'concurrent=1000'];
  const product = started.use(
    await startProcess(
      {
        command: process.execPath,
        args: [
          '--disable-warning=ExperimentalWarning',
          join(paths.root, 'packages/dev/src/start-main.ts'),
          ...['--port-base', String(base)],
          ...limits.flatMap((limit) => ['--set', `marketo.limits.${limit}`]),
        ],
        cwd: paths.root,
        env: { MARKETO_CALLS_PER_20_S: '100000' },
      },
      `http://127.0.0.1:${base}/graphql`,
    ),
  );
  await slowDown(base);
  const port = await freePort();
  const launch = stock.launch({ supergraphPath: paths.supergraphOf(base), port, answersPath: '' });
  const peer = started.use(await startProcess(launch, `http://127.0.0.1:${port}/graphql`));
  return [
    { name: 'Customer360', coalescing: 'on', url: product.url, pids: [product.pid] },
    { name: stock.name, url: peer.url, pids: [product.pid, peer.pid] },
  ];
}

async function slowDown(base: number) {
  for (const offset of sandboxOffsets) {
    const url = `http://127.0.0.1:${base + offset}/_control/faults`;
    const response = await fetch(url, { method: 'PUT', body: JSON.stringify({ latencyMs: vendorLatencyMs }) });
    if (!response.ok) throw new Error(`The sandbox at ${url} does not slow down: ${response.status}`);
  }
}
