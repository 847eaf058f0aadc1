import type { Settings } from '@customer360/sandbox/settings';
import type { Addresses, Subgraph, Vendor } from '../addresses.ts';
import { subgraphNames } from '../addresses.ts';
import { paths } from '../paths.ts';
import { isVendor, stoodInFor, vendorVariable } from '../wiring.ts';
import type { Launch } from './supervised.ts';

type Env = Record<string, string | undefined>;

export interface Deployment {
  addresses: Addresses;
  copies: number;
  sandboxes: { size?: number; seed?: number } & Settings;
  env: Env;
  supergraphPath: string;
}

/** How each part is started, and where it is. */
export interface Launches {
  /** Null when an address of one was given. */
  redis: Launch | null;
  /** All vendors that are not real, in one process; null when all are. */
  sandboxes: Launch | null;
  subgraphs: { name: Subgraph; launch: Launch }[];
  gateway: Launch;
  urls: Record<'gateway' | 'redis' | Subgraph, string>;
  vendors: Partial<Record<Vendor, { url: string }>>;
  /** Where something is going to listen. */
  ports: number[];
}

/** How long a copy that is to stop is still sent requests, where the environment does not say. */
const drainDelayMs = '1000';

/** Each part is told everything by its environment, as a deployment would; only sandboxes take arguments. */
export function launchesOf({ addresses, copies, sandboxes, env, supergraphPath }: Deployment): Launches {
  const { host, ports } = addresses;
  const urlOf = (name: keyof Addresses['ports']) => `http://${host}:${ports[name]}`;
  const redisUrl = env.REDIS_URL || `redis://${host}:${ports.redis}`;
  const stoodIn = stoodInFor(env);
  const sandboxUrl = (name: Vendor) => urlOf(`${name}Sandbox`);
  const common: Env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    // All copies read the same files; what one has compiled the next need not.
    NODE_COMPILE_CACHE: paths.compileCache,
    // Each connection is taken by a copy that is free. With `rr` they go round evenly, but one that is being handed to a
    // copy in the moment of its death is never answered.
    NODE_CLUSTER_SCHED_POLICY: 'none',
    DRAIN_DELAY_MS: drainDelayMs,
    ...env,
    HOST: host,
    REDIS_URL: redisUrl,
  };
  const service = (name: 'gateway' | Subgraph, settings: Env): Launch => ({
    script: 'service-main.ts',
    args: [paths.mainOf(name), String(copies)],
    env: { ...common, PORT: String(ports[name]), ...settings },
  });

  return {
    redis: env.REDIS_URL ? null : { script: 'redis-main.ts', args: [host, String(ports.redis)], env: common },
    sandboxes:
      stoodIn.length === 0
        ? null
        : {
            script: 'service-main.ts',
            args: [paths.mainOf('sandbox'), '1', ...sandboxArgs(addresses, sandboxes)],
            env: { ...common, SANDBOX_VENDORS: stoodIn.join(',') },
          },
    subgraphs: subgraphNames.map((name) => ({
      name,
      launch: service(
        name,
        isVendor(name) && stoodIn.includes(name) ? { [vendorVariable[name]]: sandboxUrl(name) } : {},
      ),
    })),
    gateway: service('gateway', { WEB_ROOT: env.WEB_ROOT ?? paths.web, SUPERGRAPH_PATH: supergraphPath }),
    urls: {
      gateway: urlOf('gateway'),
      netsuite: urlOf('netsuite'),
      salesforce: urlOf('salesforce'),
      marketo: urlOf('marketo'),
      workspace: urlOf('workspace'),
      redis: redisUrl,
    },
    vendors: Object.fromEntries(stoodIn.map((name) => [name, { url: sandboxUrl(name) }])),
    ports: [
      ...stoodIn.map((name) => ports[`${name}Sandbox`]),
      ...(env.REDIS_URL ? [] : [ports.redis]),
      ...subgraphNames.map((name) => ports[name]),
      ports.gateway,
    ],
  };
}

function sandboxArgs({ host, ports }: Addresses, { size, seed, ...settings }: Deployment['sandboxes']): string[] {
  const values = Object.entries(settings).flatMap(([vendor, names]) =>
    Object.entries(names ?? {}).map(([name, value]) => `${vendor}.${name}=${JSON.stringify(value)}`),
  );
  return [
    ...['--host', host, '--port-base', String(ports.gateway)],
    ...(size === undefined ? [] : ['--size', String(size)]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...values.flatMap((value) => ['--set', value]),
  ];
}
