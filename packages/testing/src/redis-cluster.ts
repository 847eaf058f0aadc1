import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { redisCli } from './redis-cli.ts';
import type { RunningRedis } from './redis-server.ts';
import { freePort, startRedis } from './redis-server.ts';

/** A cluster of a test's own: three masters that share the slots evenly. */
export interface RunningRedisCluster extends AsyncDisposable {
  nodes: RunningRedis[];
  urls: string[];
}

const ranges = [
  [0, 5460],
  [5461, 10_922],
  [10_923, 16_383],
] as const;

/** Starts three real `redis-server` and waits until all of them know of all slots. */
export async function startRedisCluster(): Promise<RunningRedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-cluster-'));
  const nodes = await Promise.all(ranges.map(() => startNode(folder)));
  const ports = nodes.map(({ port }) => port);
  await Promise.all(
    ranges.map(([from, to], index) => redisCli(ports[index] ?? 0, 'CLUSTER', 'ADDSLOTSRANGE', from, to)),
  );
  const [first = 0] = ports;
  for (const [index, node] of nodes.entries()) {
    const busPort = await busPortOf(node.port);
    if (index > 0) await redisCli(first, 'CLUSTER', 'MEET', '127.0.0.1', node.port, busPort);
  }
  while (!(await areReady(ports))) await sleep(20);
  return {
    nodes,
    urls: nodes.map(({ url }) => url),
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Two free ports: the usual distance between a node's own and that of its bus may lead past the last port. */
async function startNode(folder: string): Promise<RunningRedis> {
  const [port, busPort] = [await freePort(), await freePort()];
  return startRedis({
    port,
    args: [
      ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--cluster-node-timeout', '2000'],
      ...['--dir', folder, '--cluster-config-file', `${port}.conf`],
    ],
  });
}

const busPortOf = async (port: number) => (await redisCli(port, 'CONFIG', 'GET', 'cluster-port')).split('\n')[1] ?? '';

async function areReady(ports: readonly number[]): Promise<boolean> {
  const infos = await Promise.all(ports.map((port) => redisCli(port, 'CLUSTER', 'INFO')));
  return infos.every((info) => info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3'));
}
