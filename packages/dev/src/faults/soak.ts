import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { judge } from './judge.ts';
import { faultKinds, kindNames } from './kinds.ts';
import { operations } from './operations.ts';
import { startRig } from './rig.ts';

/** What a long run under changing faults came to. */
export interface SoakResult {
  problems: string[];
  requests: number;
  faults: number;
  /** Memory in use after the settling time and at the end, in MB, and how it grew between, in MB a minute. */
  memory: { settled: number; end: number; slope: number };
  /** Handles and timers at the same two moments. */
  resources: { settled: number; end: number };
  /** For how long nothing else could happen, in milliseconds. */
  stall: { p99: number; max: number };
}

export interface SoakOptions {
  minutes: number;
  /** @default 20 */
  perSecond?: number;
  /** How long each fault lasts, and the pause after it. @default 15 000 */
  faultMs?: number;
}

interface Sample {
  at: number;
  used: number;
  resources: number;
}

const mebibyte = 1024 ** 2;
const sampleMs = 500;
/** The first part of the run, in which caches fill and code is compiled. */
const settling = 0.25;
/** From one fault to the next, so that kinds and systems both change. */
const stride = 7;

/**
 * Asks so many questions a second while one way after the other is broken, and looks at what must not grow: memory,
 * handles, timers, rejections that nobody hears of, and the time for which the process stands still.
 */
export async function soak({ minutes, perSecond = 20, faultMs = 15_000 }: SoakOptions): Promise<SoakResult> {
  const problems = new Set<string>();
  const unhandled = (error: unknown) => void problems.add(`a rejection that nobody heard of: ${String(error)}`);
  process.on('unhandledRejection', unhandled);
  await using rig = await startRig('netsuite');
  const [accountId = ''] = rig.accountIds;
  const three = Object.values(operations);
  const intact = await Promise.all(three.map((operation) => rig.warm.ask(operation, accountId)));
  const samples: Sample[] = [];
  const delay = monitorEventLoopDelay({ resolution: 10 });
  let requests = 0;
  let faults = 0;
  let over = false;

  const underWay = new Set<Promise<void>>();
  const askOne = async (index: number) => {
    const [operation, was] = [three[index % three.length], intact[index % three.length]];
    if (!operation || !was) return;
    const askedAt = Date.now();
    const answer = await rig.warm.ask(operation, accountId);
    const ages = { liveMs: Infinity, cachedMs: Infinity, snapshotMs: Infinity };
    const found = judge({ operation, intact: was, answer, affected: null, askedAt, ages }).problems;
    // Whose data may be missing changes meanwhile: only what is wrong whoever is meant counts here.
    for (const problem of found) if (/wrong value|status|data is null/.test(problem)) problems.add(problem);
  };
  const asking = setInterval(() => {
    const one = askOne(requests).catch((error: unknown) => void problems.add(`no answer: ${String(error)}`));
    requests += 1;
    underWay.add(one);
    void one.finally(() => underWay.delete(one));
  }, 1000 / perSecond);
  const sampling = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    const resources = process.getActiveResourcesInfo().length;
    samples.push({ at: performance.now(), used: (heapUsed + external) / mebibyte, resources });
  }, sampleMs);
  const ways = [...Object.values(rig.vendors), ...Object.values(rig.warm.proxies)];
  const turns = kindNames.flatMap((kind) => ways.map((proxy) => ({ kind, proxy })));
  const breakInTurn = async () => {
    for (let turn = 0; !over; turn = (turn + stride) % turns.length) {
      const { kind, proxy } = turns[turn] as (typeof turns)[number];
      faults += 1;
      await proxy.suffer(faultKinds[kind].fault);
      await sleep(faultMs);
      await proxy.heal();
      await sleep(faultMs);
    }
  };
  const breaking = breakInTurn();

  const totalMs = minutes * 60_000;
  await sleep(totalMs * settling);
  delay.enable();
  const settledAt = performance.now();
  await sleep(totalMs * (1 - settling));
  over = true;
  delay.disable();
  clearInterval(asking);
  clearInterval(sampling);
  await Promise.all([breaking, ...underWay]);
  process.off('unhandledRejection', unhandled);

  const grown = growthOf(samples.filter(({ at }) => at >= settledAt));
  const stall = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  for (const problem of judgeSoak({ requests, ...grown, stall })) problems.add(problem);
  return { problems: [...problems], requests, faults, ...grown, stall };
}

/** Garbage comes and goes: what is in use when least is in use is what grows. */
function growthOf(samples: readonly Sample[]): Pick<SoakResult, 'memory' | 'resources'> {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const least = (some: readonly Sample[], of: 'used' | 'resources') => Math.min(...some.map((sample) => sample[of]));
  const [settled, end] = [least(first, 'used'), least(last, 'used')];
  const minutes = ((last[0]?.at ?? 0) - (first[0]?.at ?? 0)) / 60_000;
  return {
    memory: { settled, end, slope: (end - settled) / Math.max(minutes, 0.01) },
    resources: { settled: least(first, 'resources'), end: least(last, 'resources') },
  };
}

/** What of the figures is not as it must be. */
export function judgeSoak({
  requests,
  memory,
  resources,
  stall,
}: Pick<SoakResult, 'requests' | 'memory' | 'resources' | 'stall'>): string[] {
  const held: [boolean, string][] = [
    [requests > 0, 'nothing was asked'],
    // In a short run a megabyte a minute drowns in what is not collected yet.
    [
      memory.slope <= 1 || memory.end <= 1.2 * memory.settled,
      `memory grows by ${memory.slope.toFixed(1)} MB a minute, to ${memory.end.toFixed(0)} MB`,
    ],
    [resources.end <= 1.2 * resources.settled + 20, `${resources.end} handles and timers, not ${resources.settled}`],
    [stall.p99 <= 50, `the process stood still for ${stall.p99.toFixed(0)} ms (p99), not 50`],
    [stall.max <= 200, `the process stood still for ${stall.max.toFixed(0)} ms at most, not 200`],
  ];
  return held.flatMap(([holds, problem]) => (holds ? [] : [problem]));
}
