import { AsyncLocalStorage } from 'node:async_hooks';
import type { System } from './errors.ts';

/** Vendor calls by system. */
export type CallCounts = Partial<Record<System, number>>;

const counts = new AsyncLocalStorage<CallCounts>();

/** Runs the answer to one request; the vendor calls that it makes are counted for it. */
export const countingCalls = <Result>(work: () => Result): Result => counts.run({}, work);

/** Counts a vendor call for the request that it is made in, if it is made in one. */
export function noteVendorCall(system: System): void {
  const held = counts.getStore();
  if (held) held[system] = (held[system] ?? 0) + 1;
}

/** The vendor calls of the present request so far. */
export const callsOfRequest = (): CallCounts => counts.getStore() ?? {};
