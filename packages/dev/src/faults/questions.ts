import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '@customer360/testing/ask';
import type { Vendor } from '../addresses.ts';
import { judge } from './judge.ts';
import { scaled } from './kinds.ts';
import type { FaultOperation } from './operations.ts';
import { operations } from './operations.ts';
import type { RigProduct } from './rig.ts';

interface Question {
  operation: FaultOperation;
  accountId: string;
}

/** Puts questions to one product, and judges every answer by what was answered when all was well. */
export interface Asking {
  product: RigProduct;
  /** The slowest of the answers to all questions at once when all was well, in milliseconds; the median of three. */
  wellMs: number;
  /** Asks everything at once; the slowest answer, in milliseconds. */
  round(): Promise<number>;
  /** Asks the three operations one after the other; how long each took. */
  inTurn(): Promise<number[]>;
  /** Asks until everything is there and live; how long that took. What takes longer than `withinMs` is a problem. */
  untilWhole(withinMs: number): Promise<number>;
  problems(): string[];
}

/** Campaign figures that could not be read at the start are looked for again after half a minute. */
const wholeWithinMs = 40_000;
/** Pause between two looks at whether all is well again. */
const lookMs = 50;

/**
 * Asks everything while all is well.
 *
 * @param affected whose data may be old or missing from then on
 * @param asked who is asked while all is well, so that the product itself has read nothing yet
 */
export async function createAsking(
  product: RigProduct,
  accountIds: readonly string[],
  affected: Vendor | null,
  asked = product,
): Promise<Asking> {
  const [accountId = ''] = accountIds;
  const three = Object.values(operations).map((operation): Question => ({ operation, accountId }));
  const others = accountIds.slice(1).map((id): Question => ({ operation: operations.rail, accountId: id }));
  const all = [...three, ...others];
  const intact = new Map<Question, Answer>();
  const problems = new Set<string>();

  const putTo = async (whom: RigProduct, question: Question) => {
    const askedAt = Date.now();
    const began = performance.now();
    const answer = await whom.ask(question.operation, question.accountId);
    const ms = performance.now() - began;
    const verdict = judge({
      operation: question.operation,
      intact: intact.get(question) ?? answer,
      answer,
      affected,
      askedAt,
      ages: { liveMs: scaled.timeoutMs, cachedMs: 1, snapshotMs: 3_600_000 },
    });
    return { answer, ms, ...verdict };
  };
  const ask = async (question: Question) => {
    const put = await putTo(product, question);
    for (const problem of put.problems) problems.add(problem);
    return put;
  };
  const waitForWhole = async (whom: RigProduct, question: Question, untilMs: number) => {
    for (;;) {
      const put = await putTo(whom, question);
      if (put.whole || performance.now() > untilMs) return put;
      await sleep(lookMs);
    }
  };

  const patience = performance.now() + wholeWithinMs;
  for (const question of all) {
    const { answer, whole } = await waitForWhole(asked, question, patience);
    if (!whole) throw new Error(`${question.operation.name} is not whole before the fault`);
    intact.set(question, answer);
  }
  const round = async (how: (question: Question) => Promise<{ ms: number }>) =>
    Math.max(...(await Promise.all(all.map(how))).map(({ ms }) => ms));
  const whenWell = (question: Question) => putTo(asked, question);
  const well = [await round(whenWell), await round(whenWell), await round(whenWell)].sort((one, other) => one - other);

  return {
    product,
    wellMs: well[1] as number,
    round: () => round(ask),
    async inTurn() {
      const times: number[] = [];
      for (const question of three) times.push((await ask(question)).ms);
      return times;
    },
    async untilWhole(withinMs) {
      const began = performance.now();
      for (const question of three) {
        const { problems: found, whole } = await waitForWhole(product, question, began + 2 * withinMs);
        for (const problem of found) problems.add(problem);
        if (!whole) problems.add(`${question.operation.name} did not come back`);
      }
      const tookMs = performance.now() - began;
      if (tookMs > withinMs) problems.add(`live again after ${tookMs.toFixed(0)} ms, not ${withinMs.toFixed(0)}`);
      return tookMs;
    },
    problems: () => [...problems],
  };
}
