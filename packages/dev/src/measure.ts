import { setTimeout as sleep } from 'node:timers/promises';
import { readOperation } from '@customer360/testing/operations';
import type { Embedded } from './embedded.ts';

export interface Figure {
  name: string;
  /** Median, in milliseconds. */
  p50: number;
  p95: number;
  /** The same when it was asked before. */
  keptP95: number;
  vendorCalls: number;
  /** Median as a multiple of the vendor calls that have to follow one another. */
  ratio: number;
}

/** What one kind of call cost a sandbox itself. */
export interface SandboxFigure {
  name: string;
  /** Milliseconds, the latency on purpose left out. */
  p95: number;
}

export interface Measurement {
  figures: Figure[];
  sandboxes: SandboxFigure[];
}

interface Measured {
  name: string;
  operation: string;
  variables: object;
  /** Vendor calls that have to follow one another. */
  chain: number;
}

/** Dropping these drops everything that is kept. */
const systems = ['netsuite', 'salesforce', 'marketo'];
const warmUps = 15;
const samples = 31;

/** Times the main operations one request at a time, every vendor answering after `vendorMs`: nothing kept, and kept. */
export async function measure(product: Embedded, vendorMs: number): Promise<Measurement> {
  const vendors = Object.entries(product.sandboxes.vendors);
  const controls = vendors.map(([, { control }]) => control);
  const sandboxTimes = new Map<string, number[]>();
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
      await product.backbone.store.drop(systems);
      const began = performance.now();
      await request(`${product.gateway.url}/graphql`, body);
      if (round < warmUps) continue;
      times.push(performance.now() - began);
      for (const [vendor, { control }] of vendors) {
        for (const { operation: kind, ms } of control.calls) {
          const key = `${vendor} ${kind}, for ${name}`;
          sandboxTimes.set(key, [...(sandboxTimes.get(key) ?? []), Math.max(0, ms - vendorMs)]);
        }
      }
    }
    const at = (share: number) => quantile(times, share);
    const vendorCalls = controls.reduce((sum, control) => sum + control.calls.length, 0);
    // Answers are not kept right after a drop.
    await sleep(1100);
    await request(`${product.gateway.url}/graphql`, body);
    const keptTimes: number[] = [];
    for (let round = 0; round < samples; round += 1) {
      const began = performance.now();
      await request(`${product.gateway.url}/graphql`, body);
      keptTimes.push(performance.now() - began);
    }
    const keptP95 = quantile(keptTimes, 0.95);
    figures.push({ name, p50: at(0.5), p95: at(0.95), keptP95, vendorCalls, ratio: at(0.5) / (chain * vendorMs) });
  }
  for (const control of controls) control.heal();
  const sandboxes = [...sandboxTimes].map(([name, times]) => ({ name, p95: quantile(times, 0.95) }));
  return { figures, sandboxes };
}

function quantile(values: number[], share: number): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;
}

async function request(url: string, body: string) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors) throw new Error(`A measured request failed: ${JSON.stringify(answer.errors).slice(0, 500)}`);
}
