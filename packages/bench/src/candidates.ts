import { fileURLToPath } from 'node:url';
import type { Launch } from './processes.ts';

/** A server that is measured. */
export interface Candidate {
  name: string;
  /** Whether it asks a subgraph once for identical requests under way; unset for one that cannot. */
  coalescing?: 'on' | 'off' | undefined;
  /** Whether it keeps whole answers for as long as subgraphs allow. @default false */
  keeps?: boolean;
  /** Whether it needs the packages of the peers' own folder. */
  isPeer?: boolean;
  launch(place: Place): Launch;
}

/** Where a candidate of a graph runs. */
export interface Place {
  supergraphPath: string;
  port: number;
  /** A file with what each request of the workloads is answered. */
  answersPath: string;
}

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export const peersFolder = at('../peers');

const node = (script: string, ...args: string[]) => ({
  command: process.execPath,
  args: ['--disable-warning=ExperimentalWarning', at(script), ...args],
});

export const oursWith = (coalescing: 'on' | 'off', keeps = false): Candidate => ({
  name: 'Customer360',
  coalescing,
  keeps,
  launch: ({ supergraphPath, port }) => ({
    ...node('../../../gateway/src/main.ts'),
    env: {
      PORT: String(port),
      SUPERGRAPH_PATH: supergraphPath,
      COALESCE: String(coalescing === 'on'),
      OPERATION_CACHE: String(keeps),
      // The deep query could return more than any caller of a real graph may ask; no peer counts.
      MAX_COST: '1000000000',
    },
  }),
});

const hive = (planner: 'JavaScript' | 'Rust', coalescing: 'on' | 'off', keeps = false): Candidate => ({
  name: `Hive Gateway, ${planner} planner`,
  coalescing,
  keeps,
  isPeer: true,
  launch: ({ supergraphPath, port }) => ({
    command: process.execPath,
    args: [
      ...['node_modules/@graphql-hive/gateway/dist/bin.js', 'supergraph', supergraphPath],
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--polling',
        '1h',
        '--config-path',
        keeps ? 'hive-keeping.config.mjs' : `hive-coalescing-${coalescing}.config.mjs`,
      ],
      ...(planner === 'Rust' ? ['--hive-router-runtime'] : []),
    ],
    cwd: peersFolder,
    env: { LOG_LEVEL: 'error' },
  }),
});

export const stock: Candidate = {
  name: 'Apollo Gateway and Server',
  launch: ({ supergraphPath, port }) => ({
    ...node('servers/stock-main.ts', supergraphPath, String(port)),
    // As shipped it sends metrics to its maker.
    env: { APOLLO_TELEMETRY_DISABLED: '1' },
  }),
};

export const bare: Candidate = {
  name: 'bare server',
  launch: ({ answersPath, port }) => node('servers/bare-main.ts', answersPath, String(port)),
};

/** What `--quick` compares; the others need the peers' packages. */
export const quickCandidates = [oursWith('off'), oursWith('on'), stock, bare];

export const allCandidates = [
  ...quickCandidates,
  ...(['JavaScript', 'Rust'] as const).flatMap((planner) => [hive(planner, 'off'), hive(planner, 'on')]),
];

/** All but the stock gateway, which comes without a cache of answers, keep what they may. */
export const quickKeepers = [oursWith('on', true), stock, bare];

export const allKeepers = [...quickKeepers, hive('JavaScript', 'on', true), hive('Rust', 'on', true)];

export const titleOf = ({ name, coalescing }: Pick<Candidate, 'name' | 'coalescing'>) =>
  coalescing ? `${name}, coalescing ${coalescing}` : name;
