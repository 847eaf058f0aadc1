import type { LoadResult } from './load/order.ts';
import { median, spread } from './statistics.ts';

/** One run of one contender. */
export interface Run extends LoadResult {
  /** Of all its processes, while it was counted. */
  serverCpuSeconds: number;
  /** Resident, of all its processes, at the end of the run. */
  memoryMb: number;
  /** What the vendors were asked meanwhile; unset where there are none. */
  vendors?: VendorUse | undefined;
}

/** Calls that vendors took, logins left out, and how many of them they refused. */
export interface VendorUse {
  calls: number;
  refused: number;
}

/** What one contender did with one workload: medians over its runs. */
export interface Figure {
  workload: string;
  name: string;
  coalescing?: 'on' | 'off' | undefined;
  /** Whether the load decided how many requests there were. */
  paced?: boolean | undefined;
  requestsPerSecond: number;
  /** Largest less smallest run, as a share of the median. */
  spread: number;
  p50: number;
  p95: number;
  p99: number;
  /** Processor time of its processes for one request, in milliseconds. */
  cpuMs: number;
  memoryMb: number;
  /** Over all runs. */
  errors: number;
  /** For a thousand requests. */
  vendorCalls?: number | undefined;
  /** Calls that vendors refused, over all runs. */
  refused?: number | undefined;
}

type Subject = Pick<Figure, 'workload' | 'name' | 'coalescing' | 'paced'>;

export function summarise(subject: Subject, runs: readonly Run[]): Figure {
  const of = (value: (run: Run) => number) => median(runs.map(value));
  return {
    ...subject,
    requestsPerSecond: of(rateOf),
    spread: spread(runs.map(rateOf)),
    p50: of(({ p50 }) => p50),
    p95: of(({ p95 }) => p95),
    p99: of(({ p99 }) => p99),
    cpuMs: of(({ serverCpuSeconds, requests }) => (serverCpuSeconds * 1000) / requests),
    memoryMb: of(({ memoryMb }) => memoryMb),
    errors: runs.reduce((sum, { errors }) => sum + errors, 0),
    ...(runs.some(({ vendors }) => vendors) && {
      vendorCalls: of(({ vendors, requests }) => ((vendors?.calls ?? 0) * 1000) / requests),
      refused: runs.reduce((sum, { vendors }) => sum + (vendors?.refused ?? 0), 0),
    }),
  };
}

const rateOf = ({ requests, seconds }: Run) => requests / seconds;
