import { isDeepStrictEqual } from 'node:util';
import type { Figure, Run, VendorUse } from './figures.ts';
import { summarise } from './figures.ts';
import type { LoadOrder } from './load/order.ts';
import { runLoad } from './load/run-load.ts';
import { readUsage } from './usage.ts';
import { withoutFields } from './without-fields.ts';

/** A running candidate. */
export interface Contender {
  name: string;
  coalescing?: 'on' | 'off' | undefined;
  url: string;
  /** The processes that are counted as its own. */
  pids: number[];
  /** Fields that it does not have: it is not asked for them. @default none */
  leavesOut?: readonly string[] | undefined;
}

export interface Workload {
  name: string;
  /** Sent in turn. */
  bodies: string[];
  connections: number;
  /** How far apart a connection begins its requests. @default one after the other */
  everyMs?: number | undefined;
  /** Fields that may differ from answer to answer. @default none */
  volatile?: readonly string[];
  /** Tells what vendors were asked since a moment. @default nothing is told */
  vendorsSince?: ((moment: Date) => Promise<VendorUse>) | undefined;
}

export interface Pace {
  rounds: number;
  seconds: number;
}

const warmUpMs = 500;
const firstWarmUpMs = 1500;

/** Gives every contender its turn in every round, after all of them have shown that they answer alike. */
export async function compare(
  contenders: readonly Contender[],
  workload: Workload,
  { rounds, seconds }: Pace,
  say: (line: string) => void,
): Promise<Figure[]> {
  await checkAnswers(contenders, workload);
  const { connections, everyMs } = workload;
  const runs = new Map(contenders.map((contender) => [contender, [] as Run[]]));
  // What is compiled or planned on first use is no part of any round.
  for (const contender of contenders) {
    const bodies = bodiesFor(contender, workload);
    await runLoad({ url: contender.url, bodies, connections, warmUpMs: firstWarmUpMs, durationMs: 1 });
  }
  for (let round = 1; round <= rounds; round += 1) {
    say(`${workload.name}, round ${round} of ${rounds}`);
    for (const contender of contenders) {
      const pace = { connections, everyMs, warmUpMs, durationMs: seconds * 1000 };
      runs.get(contender)?.push(await runOnce(contender, workload, pace));
    }
  }
  return contenders.map((contender) => {
    const { name, coalescing } = contender;
    const paced = everyMs !== undefined;
    return summarise({ workload: workload.name, name, coalescing, paced }, runs.get(contender) ?? []);
  });
}

/** One run of one contender, with what it and the vendors did meanwhile. */
export async function runOnce(
  contender: Contender,
  workload: Workload,
  pace: Omit<LoadOrder, 'url' | 'bodies'>,
): Promise<Run> {
  const usage = () => contender.pids.map(readUsage);
  const cpuOf = (usages: ReturnType<typeof usage>) => usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  let before = 0;
  let countedFrom = new Date();
  const result = await runLoad({ ...pace, url: contender.url, bodies: bodiesFor(contender, workload) }, () => {
    before = cpuOf(usage());
    countedFrom = new Date();
  });
  const after = usage();
  const memoryMb = after.reduce((sum, each) => sum + each.memoryMb, 0);
  const vendors = await workload.vendorsSince?.(countedFrom);
  return { ...result, serverCpuSeconds: cpuOf(after) - before, memoryMb, vendors };
}

const bodiesFor = ({ leavesOut }: Contender, { bodies }: Workload) =>
  leavesOut ? bodies.map((body) => withoutFields(body, leavesOut)) : bodies;

const checkedRequests = 20;

/** @throws when two contenders answer a request differently, or one with errors */
async function checkAnswers(contenders: readonly Contender[], workload: Workload) {
  for (const [index, body] of workload.bodies.slice(0, checkedRequests).entries()) {
    const texts = await Promise.all(contenders.map((each) => ask(each.url, bodiesFor(each, workload)[index] ?? '')));
    for (const [place, text] of texts.entries()) {
      const { leavesOut = [], name } = contenders[place] as Contender;
      const read = (answer = '') => readAnswer(answer, workload.volatile ?? [], leavesOut);
      const answer = read(text);
      if (answer.errors || !isDeepStrictEqual(answer.data, read(texts[0]).data)) {
        const names = `${name} and ${contenders[0]?.name}`;
        throw new Error(`${names} do not answer alike: ${text.slice(0, 500)}\n${body.slice(0, 200)}`);
      }
    }
  }
}

/** An answer without what may differ and what is left out. */
function readAnswer(text: string, volatile: readonly string[], leftOut: readonly string[]) {
  const reviver = (name: string, value: unknown) =>
    leftOut.includes(name) ? undefined : volatile.includes(name) ? null : value;
  return JSON.parse(text, reviver) as { data?: unknown; errors?: unknown };
}

export async function ask(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.text();
}
