import { join } from 'node:path';
import { paths } from '@customer360/dev/paths';
import { stock } from '../candidates.ts';
import type { Contender } from '../compare.ts';
import { freeBase, freePort } from '../ports.ts';
import { startProcess } from '../processes.ts';
import type { Settings } from './settings.ts';
import { startRedis } from './start-redis.ts';

/** Where its gateway and its subgraphs listen, counted from its base. */
const offsets = [0, 1, 2, 3];

/** Starts gateway and subgraphs in one process, and a Redis for what they keep. */
export async function startProduct(started: AsyncDisposableStack, settings: Settings): Promise<Contender> {
  const base = await freeBase(offsets);
  const redis = await startRedis(started);
  const launch = {
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      join(paths.root, 'packages/dev/src/start-main.ts'),
      ...['--port-base', String(base)],
    ],
    cwd: paths.root,
    env: { ...settings, MARKETO_CALLS_PER_20_S: '100000', MARKETO_CALLS_PER_DAY: '10000000', REDIS_URL: redis.url },
  };
  const { url, pid } = started.use(await startProcess(launch, `http://127.0.0.1:${base}/graphql`));
  return { name: 'Customer360', coalescing: 'on', url, pids: [pid, redis.pid] };
}

/** Starts the stock gateway before the subgraphs of a product, whose processes count as its own too. */
export async function startStock(started: AsyncDisposableStack, product: Contender): Promise<Contender> {
  const port = await freePort();
  const supergraphPath = paths.supergraphOf(Number(new URL(product.url).port));
  const launch = stock.launch({ supergraphPath, port, answersPath: '' });
  const { url, pid } = started.use(await startProcess(launch, `http://127.0.0.1:${port}/graphql`));
  return { name: stock.name, url, pids: [...product.pids, pid] };
}
