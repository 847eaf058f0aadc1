import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Vendor } from '../addresses.ts';
import { readCircuit } from './circuit.ts';
import type { Kind } from './kinds.ts';
import { faultKinds, scaled } from './kinds.ts';
import type { Asking } from './questions.ts';
import { createAsking } from './questions.ts';
import type { Rig, RigProduct } from './rig.ts';

/** What a cell is about: a vendor as its subgraph sees it, a subgraph as the gateway does, or Redis. */
export type Target = Vendor | `${Vendor} subgraph` | 'redis';

export interface CellResult {
  target: Target;
  kind: Kind;
  /** Nothing when the cell passes. */
  problems: string[];
  /** Milliseconds: the slowest answer when all was well, under the fault, and with the circuit open; until all was live again. */
  ms: { well: number; fault: number; open: number | null; liveAgain: number };
}

const rounds = 3;
/** A circuit that is not open by then will not open. */
const mostRounds = 10;
const { timeoutMs, resetMs, subgraphTimeoutMs } = scaled;

/** Breaks the way to one system for a product that has read everything and for one that keeps nothing, and heals it. */
export async function runCell(rig: Rig, target: Exclude<Target, 'redis'>, kind: Kind): Promise<CellResult> {
  const [system] = target.split(' ') as [Vendor];
  const ofSubgraph = target !== system;
  const { fault, total } = faultKinds[kind];
  const products = { warm: rig.warm, cold: rig.cold };
  const proxies = ofSubgraph ? [rig.warm.proxies[system], rig.cold.proxies[system]] : [rig.vendors[system]];
  const each = <Result>(work: (product: RigProduct) => Promise<Result>) =>
    Promise.all(Object.values(products).map(work));

  const loop = monitorEventLoopDelay({ resolution: 5 });
  const askings = await each((product) => createAsking(product, rig.accountIds, system));
  loop.enable();
  await Promise.all(proxies.map((proxy) => proxy.suffer(fault)));
  const under = await Promise.all(
    askings.map((asking) =>
      ofSubgraph ? underLostSubgraph(asking, loop) : underLostVendor(asking, system, total, loop),
    ),
  );
  await Promise.all(proxies.map((proxy) => proxy.heal()));
  const liveAgain = await Promise.all(
    askings.map((asking) => asking.untilWhole((ofSubgraph ? 0 : resetMs) + limitOf(asking, ofSubgraph, loop))),
  );
  loop.disable();

  return {
    target,
    kind,
    problems: Object.keys(products).flatMap((name, index) =>
      [...(under[index]?.problems ?? []), ...(askings[index]?.problems() ?? [])].map(
        (problem) => `${name}, ${problem}`,
      ),
    ),
    ms: {
      well: Math.max(...askings.map(({ wellMs }) => wellMs)),
      fault: Math.max(...under.map(({ ms }) => ms.fault)),
      open: under.reduce<number | null>(
        (most, { ms }) => (ms.open === null ? most : Math.max(most ?? 0, ms.open)),
        null,
      ),
      liveAgain: Math.max(...liveAgain),
    },
  };
}

/** A fifth above the deadline, and never tighter than what the machine takes when all is well and how unsteady it is. */
function limitOf({ wellMs }: Asking, ofSubgraph: boolean, loop: LoopDelay): number {
  const deadlineMs = ofSubgraph ? subgraphTimeoutMs : timeoutMs;
  return deadlineMs + Math.max(0.2 * deadlineMs, 2 * wellMs) + jitterOf(loop);
}

/** Twice the longest time for which this process could not go on. */
const jitterOf = (loop: LoopDelay) => (2 * loop.max) / 1e6;

/** How long this process could not go on, in nanoseconds. */
type LoopDelay = ReturnType<typeof monitorEventLoopDelay>;
type Under = { problems: string[]; ms: { fault: number; open: number | null } };

/** The gateway has no circuit: every question costs a deadline at most. */
async function underLostSubgraph(asking: Asking, loop: LoopDelay): Promise<Under> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await asking.round());
  return { problems: tooSlow(times, limitOf(asking, true, loop)), ms: { fault: Math.max(...times), open: null } };
}

async function underLostVendor(asking: Asking, system: Vendor, total: boolean, loop: LoopDelay): Promise<Under> {
  const circuit = () => readCircuit(asking.product.embedded.subgraphs[system].url, system);
  const times: number[] = [];
  let { open } = await circuit();
  let closedAt = performance.now();
  for (let round = 0; !open && round < (total ? mostRounds : rounds); round += 1) {
    closedAt = performance.now();
    times.push(await asking.round());
    ({ open } = await circuit());
  }
  const problems = tooSlow(times, limitOf(asking, false, loop));
  const fault = Math.max(0, ...times);
  if (!open) {
    if (total) problems.push('the circuit did not open');
    return { problems, ms: { fault, open: null } };
  }

  // What was under way when the circuit opened ends within its deadline.
  await sleep(timeoutMs + 100);
  const before = await circuit();
  const openTimes: number[] = [];
  const until = performance.now() + resetMs / 3;
  while (performance.now() < until) openTimes.push(...(await asking.inTurn()));
  const after = await circuit();
  const probes = Math.floor((performance.now() - closedAt) / resetMs);
  if (after.calls - before.calls > probes) problems.push(`${after.calls - before.calls} calls with the circuit open`);
  const openMs = Math.max(...openTimes);
  const openLimit = Math.max(250, 2 * asking.wellMs) + jitterOf(loop);
  if (openMs > openLimit) {
    problems.push(`${openMs.toFixed(0)} ms with the circuit open, not ${openLimit.toFixed(0)}`);
  }
  return { problems, ms: { fault, open: openMs } };
}

/** Judged on the middle one: a machine may be busy with something else once. */
export function tooSlow(times: readonly number[], limitMs: number): string[] {
  const usual = medianOf(times);
  return usual > limitMs ? [`answers took ${usual.toFixed(0)} ms, not ${limitMs.toFixed(0)}`] : [];
}

const medianOf = (times: readonly number[]) =>
  times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) / 2)] ?? 0;
