import type { Vendor } from '../addresses.ts';

/** How a vendor is, by the metrics of the subgraph that reads it. */
export interface Circuit {
  open: boolean;
  /** Calls that were made to the vendor so far. */
  calls: number;
}

/** Asks the subgraph itself, past any proxy. */
export async function readCircuit(subgraphUrl: string, vendor: Vendor): Promise<Circuit> {
  const text = await (await fetch(`${subgraphUrl}/metrics`)).text();
  const source = `source="${vendor.toUpperCase()}"`;
  const values = (name: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) && line.includes(source))
      .map((line) => Number(line.split(' ').at(-1)));
  return {
    open: values('vendor_breaker_state')[0] === 2,
    calls: values('vendor_call_duration_seconds_count').reduce((sum, count) => sum + count, 0),
  };
}
