import type { Addresses, Subgraph, Vendor } from './addresses.ts';
import { ensureFree, freeAddresses } from './free-ports.ts';
import { paths } from './paths.ts';
import type { Deployment } from './scaled/launches.ts';
import { launchesOf } from './scaled/launches.ts';
import type { Launch, Supervised } from './scaled/supervised.ts';
import { supervise } from './scaled/supervised.ts';
import { routesTo } from './wiring.ts';
import { writeSupergraph } from './write-supergraph.ts';

export interface ScaledOptions {
  /** @default free ports of 127.0.0.1 */
  addresses?: Addresses;
  /** Of the gateway and of each subgraph. @default 2 */
  copies?: number;
  /** The world of the sandboxes and what is other than usual in them. @default {} */
  sandboxes?: Deployment['sandboxes'];
  /** Settings of every service; what is not set fits the sandboxes. @default {} */
  env?: Deployment['env'];
  /** Where the composed graph of this run goes. @default a file of this gateway's port */
  supergraphPath?: string;
  /** Told each line that a copy logs, JSON with the number of its `copy`. @default they go to standard error */
  log?: (line: string) => void;
}

/** A service in several processes behind one address. */
export interface ScaledService extends Supervised {
  name: string;
  url: string;
}

/** Everything that one machine runs, each service in processes of its own. */
export interface Scaled {
  gateway: ScaledService;
  subgraphs: Record<Subgraph, ScaledService>;
  /** Stand in for the vendors that are not real, all of them in one process; it is null when there is none. */
  sandboxes: { vendors: Partial<Record<Vendor, { url: string }>>; process: Supervised | null };
  /** Its process is null when `REDIS_URL` was given. */
  redis: { url: string; process: Supervised | null };
  /** What composition found odd but accepted. */
  hints: string[];
  /** Ends every process, within 5 s. */
  close(): Promise<void>;
}

/** In the order in which they end, whoever asks before whoever is asked, and the milliseconds that each has for it. */
const stages = { front: 2000, middle: 1500, back: 1000 };

/**
 * Starts what a deployment runs: a Redis unless `REDIS_URL` names one, sandboxes for the vendors that are not real, and
 * copies of each subgraph and of the gateway.
 *
 * @throws {StartError} with a sentence that says what could not start, or the system's error for a port that is taken;
 * nothing is left running then
 */
export async function startScaled(options: ScaledOptions = {}): Promise<Scaled> {
  const { copies = 2, sandboxes = {}, env = {}, log = (line) => process.stderr.write(`${line}\n`) } = options;
  const addresses = options.addresses ?? (await freeAddresses());
  const supergraphPath = options.supergraphPath ?? paths.supergraphOf(addresses.ports.gateway);
  const launches = launchesOf({ addresses, copies, sandboxes, env, supergraphPath });
  const { urls, vendors } = launches;
  await ensureFree(addresses.host, launches.ports);

  // Where the start fails, the reason is all there is to read.
  let held: string[] | null = [];
  const failed = new AbortController();
  const started: { stage: keyof typeof stages; part: Supervised }[] = [];
  const start = async (stage: keyof typeof stages, launch: Launch) => {
    const part = await supervise(launch, (line) => (held ? held.push(line) : log(line)), failed.signal);
    started.push({ stage, part });
    return part;
  };
  const startService = async <Name extends 'gateway' | Subgraph>(
    stage: keyof typeof stages,
    name: Name,
    launch: Launch,
  ) => ({ name, url: urls[name], ...(await start(stage, launch)) });
  const close = async () => {
    const all = started.splice(0);
    for (const [name, limitMs] of Object.entries(stages)) {
      await Promise.all(all.filter(({ stage }) => stage === name).map(({ part }) => part.close(limitMs)));
    }
  };

  const starting = {
    redis: launches.redis && start('back', launches.redis),
    sandboxes: launches.sandboxes && start('back', launches.sandboxes),
    gateway: writeSupergraph(
      routesTo((name) => urls[name]),
      supergraphPath,
    ).then(async ({ hints }) => ({
      hints,
      gateway: await startService('front', 'gateway', launches.gateway),
    })),
  };
  const subgraphs = Promise.all([starting.redis, starting.sandboxes]).then(() =>
    Promise.all(launches.subgraphs.map(({ name, launch }) => startService('middle', name, launch))),
  );
  try {
    const [redisProcess, sandboxesProcess, { gateway, hints }, services] = await Promise.all([
      starting.redis,
      starting.sandboxes,
      starting.gateway,
      subgraphs,
    ]);
    for (const line of held) log(line);
    held = null;
    return {
      gateway,
      subgraphs: Object.fromEntries(services.map((each) => [each.name, each])) as Scaled['subgraphs'],
      sandboxes: { vendors, process: sandboxesProcess },
      redis: { url: urls.redis, process: redisProcess },
      hints,
      close,
    };
  } catch (error) {
    failed.abort();
    await Promise.allSettled([...Object.values(starting), subgraphs]);
    await close();
    throw error;
  }
}
