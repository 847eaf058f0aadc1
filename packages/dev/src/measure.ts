import { readOperation } from '@customer360/testing/operations';
import type { Embedded } from './embedded.ts';

export interface Figure {
  name: string;
  /** Median, in milliseconds. */
  p50: number;
  p95: number;
  vendorCalls: number;
  /** Median as a multiple of the vendor calls that have to follow one another. */
  ratio: number;
}

interface Measured {
  name: string;
  operation: string;
  variables: object;
  /** Vendor calls that have to follow one another. */
  chain: number;
}

const warmUps = 15;
const samples = 31;

/** Times the main operations one request at a time, every vendor answering after `vendorMs`, nothing cached. */
export async function measure(product: Embedded, vendorMs: number): Promise<Figure[]> {
  const controls = Object.values(product.sandboxes.vendors).map(({ control }) => control);
  const [account] = product.sandboxes.world.db
    .prepare(
      `SELECT a.id FROM sf_account a JOIN ns_customer c ON c.external_id = a.id JOIN mk_lead l ON l.sf_account_id = a.id
       GROUP BY a.id HAVING count(DISTINCT c.id) = 1 ORDER BY count(*) DESC, a.id LIMIT 1`,
    )
    .all() as { id: string }[];
  for (const control of controls) control.setFaults({ latencyMs: vendorMs });

  const figures: Figure[] = [];
  for (const { name, operation, variables, chain } of [
    { name: 'rail', operation: 'rail', variables: { accountId: account?.id }, chain: 1 },
    { name: 'table, 50 deals', operation: 'table', variables: { first: 50 }, chain: 2 },
    { name: 'table, 200 deals', operation: 'table', variables: { first: 200 }, chain: 2 },
    { name: 'dashboard', operation: 'dashboard', variables: {}, chain: 1 },
  ] satisfies Measured[]) {
    const body = JSON.stringify({ query: readOperation(operation), variables });
    const times: number[] = [];
    for (let round = 0; round < warmUps + samples; round += 1) {
      for (const control of controls) control.clearCalls();
      const began = performance.now();
      await request(`${product.gateway.url}/graphql`, body);
      if (round >= warmUps) times.push(performance.now() - began);
    }
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
    const vendorCalls = controls.reduce((sum, control) => sum + control.calls.length, 0);
    figures.push({ name, p50: at(0.5), p95: at(0.95), vendorCalls, ratio: at(0.5) / (chain * vendorMs) });
  }
  for (const control of controls) control.heal();
  return figures;
}

async function request(url: string, body: string) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors) throw new Error(`A measured request failed: ${JSON.stringify(answer.errors).slice(0, 500)}`);
}
