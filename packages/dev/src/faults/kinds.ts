import type { NetworkFault } from '@customer360/testing/fault-proxy';

/** Times of the product, scaled down from 5 s and 30 s so that a cell takes seconds. */
export const scaled = { timeoutMs: 500, resetMs: 3000, subgraphTimeoutMs: 1500 } as const;

export type Kind = NetworkFault['kind'];

export interface FaultKind {
  fault: NetworkFault;
  /** Whether nothing gets through, so that the circuit of a vendor has to open. */
  total: boolean;
}

/** Everything that a network does to a system. */
export const faultKinds: Record<Kind, FaultKind> = {
  refuse: { fault: { kind: 'refuse' }, total: true },
  blackhole: { fault: { kind: 'blackhole' }, total: true },
  latency: { fault: { kind: 'latency', ms: 0.3 * scaled.timeoutMs, harm: 'answers' }, total: false },
  bandwidth: { fault: { kind: 'bandwidth', bytesPerSecond: 100, harm: 'answers' }, total: true },
  reset: { fault: { kind: 'reset' }, total: true },
  cut: { fault: { kind: 'cut', harm: 'answers' }, total: true },
  dropAnswer: { fault: { kind: 'dropAnswer', harm: 'answers' }, total: true },
  slice: { fault: { kind: 'slice', bytes: 200, harm: 'answers' }, total: false },
  share: { fault: { kind: 'share', part: 0.5 }, total: false },
  corrupt: { fault: { kind: 'corrupt', every: 997, harm: 'answers' }, total: false },
};

export const kindNames = Object.keys(faultKinds) as Kind[];
