import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { peersFolder } from '../candidates.ts';
import type { Contender } from '../compare.ts';
import { inherited } from '../config.ts';
import { freePort } from '../ports.ts';
import { startProcess } from '../processes.ts';
import type { Settings } from './settings.ts';
import { startRedis } from './start-redis.ts';

/** What it has nothing like: how fresh an answer is, and figures that take hundreds of calls to build. */
export const leavesOut = [
  ...['crmFreshness', 'erpFreshness', 'marketingFreshness', 'pipelineFreshness', 'freshness'],
  ...['spend', 'attributedRevenue', 'leadsGenerated'],
];

/** Composes the vendors' calls into one schema and serves it over a Redis of its own. */
export async function startMesh(started: AsyncDisposableStack, folder: string, settings: Settings): Promise<Contender> {
  const supergraph = join(folder, 'mesh.graphql');
  const redis = await startRedis(started);
  const port = await freePort();
  const env = { ...settings, REDIS_URL: redis.url, LOG_LEVEL: 'error' };
  const compose = ['node_modules/@graphql-mesh/compose-cli/esm/bin.js', '-c', 'mesh/mesh.config.mjs', '-o', supergraph];
  execFileSync(process.execPath, compose, { cwd: peersFolder, env: { ...inherited, ...env }, stdio: 'pipe' });
  const launch = {
    command: process.execPath,
    args: [
      ...['node_modules/@graphql-hive/gateway/dist/bin.js', 'supergraph', supergraph],
      ...['--host', '127.0.0.1', '--port', String(port), '--polling', '1h'],
      ...['--config-path', 'mesh/gateway.config.mjs'],
    ],
    cwd: peersFolder,
    env,
  };
  const { url, pid } = started.use(await startProcess(launch, `http://127.0.0.1:${port}/graphql`));
  return { name: 'GraphQL Mesh', coalescing: 'on', url, pids: [pid, redis.pid], leavesOut };
}
