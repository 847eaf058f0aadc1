import { isDeepStrictEqual } from 'node:util';
import type { Figure, Run } from './figures.ts';
import { summarise } from './figures.ts';
import { runLoad } from './load/run-load.ts';
import { readUsage } from './usage.ts';

/** A running candidate. */
export interface Contender {
  name: string;
  coalescing?: 'on' | 'off' | undefined;
  url: string;
  /** The processes that are counted as its own. */
  pids: number[];
}

export interface Workload {
  name: string;
  /** Sent in turn. */
  bodies: string[];
  connections: number;
  /** Fields that may differ from answer to answer. @default none */
  volatile?: readonly string[];
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
  const { bodies, connections } = workload;
  const runs = new Map(contenders.map((contender) => [contender, [] as Run[]]));
  // What is compiled or planned on first use is no part of any round.
  for (const { url } of contenders) {
    await runLoad({ url, bodies, connections, warmUpMs: firstWarmUpMs, durationMs: 1 });
  }
  for (let round = 1; round <= rounds; round += 1) {
    say(`${workload.name}, round ${round} of ${rounds}`);
    for (const contender of contenders) {
      const order = { url: contender.url, bodies, connections, warmUpMs, durationMs: seconds * 1000 };
      runs.get(contender)?.push(await runOnce(contender, order));
    }
  }
  return contenders.map((contender) => {
    const { name, coalescing } = contender;
    return summarise({ workload: workload.name, name, coalescing }, runs.get(contender) ?? []);
  });
}

async function runOnce({ pids }: Contender, order: Parameters<typeof runLoad>[0]): Promise<Run> {
  const usage = () => pids.map(readUsage);
  const cpuOf = (usages: ReturnType<typeof usage>) => usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  let before = 0;
  const result = await runLoad(order, () => {
    before = cpuOf(usage());
  });
  const after = usage();
  const memoryMb = after.reduce((sum, each) => sum + each.memoryMb, 0);
  return { ...result, serverCpuSeconds: cpuOf(after) - before, memoryMb };
}

const checkedRequests = 20;

/** @throws when two contenders answer a request differently, or one with errors */
async function checkAnswers(contenders: readonly Contender[], { bodies, volatile = [] }: Workload) {
  const read = (text: string) => JSON.parse(text, (name, value) => (volatile.includes(name) ? null : value)) as object;
  for (const body of bodies.slice(0, checkedRequests)) {
    const answers = await Promise.all(contenders.map(async ({ url }) => read(await ask(url, body))));
    for (const [index, answer] of answers.entries()) {
      if ('errors' in answer || !isDeepStrictEqual(answer, answers[0])) {
        const names = `${contenders[index]?.name} and ${contenders[0]?.name}`;
        throw new Error(`${names} do not answer alike: ${JSON.stringify(answer).slice(0, 500)}\n${body.slice(0, 200)}`);
      }
    }
  }
}

export async function ask(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.text();
}
