import { setTimeout as sleep } from 'node:timers/promises';
import { entityKey } from '@customer360/testing/cache-store-contract';
import { startRedis } from '@customer360/testing/redis-server';
import fc from 'fast-check';
import type { CacheKey, CacheStore } from '../src/cache/store.ts';
import { memoryStore, patientMs, redisStore, tieredStore } from './stores.ts';

/** One step of a history, begun without waiting for those before it. */
interface Step {
  does: 'load' | 'read' | 'drop';
  process: number;
  id: number;
  /** Of the key: its entity's, its type's or its source's. */
  tag: number;
  /** How long a load takes the vendor; how long until the next step. */
  ms: number;
  pauseMs: number;
}

const histories = fc.array(
  fc.record<Step>({
    does: fc.constantFrom('load', 'load', 'read', 'read', 'drop'),
    process: fc.nat(1),
    id: fc.nat(2),
    tag: fc.nat(2),
    ms: fc.nat(6),
    pauseMs: fc.nat(2),
  }),
  { minLength: 5, maxLength: 40 },
);

/**
 * Runs a history over the stores of two processes. The vendor's record has a version, which a drop follows; a read that
 * begins after the drop was over must not see an older one. `isShared` says whether that holds in the other process too:
 * not where each keeps its own, nor when Redis did not take the drop in time.
 */
async function oldValuesSeen(
  stores: readonly CacheStore[],
  isShared: (process: number) => boolean,
  run: string,
  steps: readonly Step[],
) {
  let version = 0;
  const floors = new Map<string, number>();
  const seen: string[] = [];
  const keys = [0, 1, 2].map((id) => entityKey(String(id), 'a', 'type', run));

  const floorOf = (process: number, key: CacheKey) =>
    Math.max(...key.tags.map((tag) => floors.get(`${process} ${tag}`) ?? 0));

  const take = async ({ does, process, id, tag: place, ms }: Step) => {
    const store = stores[process % stores.length];
    const key = keys[id];
    if (!store || !key) return;
    if (does === 'drop') {
      const tag = key.tags[place] ?? '';
      const after = ++version;
      await store.drop([tag]);
      for (const each of isShared(process) ? [0, 1] : [process]) {
        floors.set(`${each} ${tag}`, Math.max(after, floors.get(`${each} ${tag}`) ?? 0));
      }
      return;
    }
    const floor = floorOf(process, key);
    const [found] = await store.read([key]);
    const data = found?.entry?.data;
    if (typeof data === 'number' && data < floor) seen.push(`${data} after ${floor}`);
    if (does === 'load') {
      const loaded = version;
      await sleep(ms);
      await store.write([
        { key, entry: { data: loaded, loadedAt: loaded }, generation: found?.generation ?? '', keepMs: 60_000 },
      ]);
    }
  };

  const underWay: Promise<void>[] = [];
  for (const step of steps) {
    underWay.push(take(step));
    if (step.pauseMs > 0) await sleep(step.pauseMs - 1);
  }
  await Promise.all(underWay);
  return seen;
}

let runs = 0;

async function expectNothingOld(
  stores: readonly CacheStore[],
  isShared: (process: number) => boolean,
  numRuns: number,
) {
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      expect(await oldValuesSeen(stores, isShared, `run${runs++}`, steps)).toEqual([]);
    }),
    { numRuns },
  );
}

test('in memory nothing is read that is older than a drop', () => expectNothingOld([memoryStore()], () => true, 60));

test('in Redis neither process reads what is older than a drop by any', async () => {
  await using server = await startRedis();
  await using one = await redisStore([server.url], false, patientMs);
  await using two = await redisStore([server.url], false, patientMs);
  await expectNothingOld([one, two], (process) => (process === 0 ? one : two).isOpen(), 60);
});

test('in both, no process reads what is older than its own drop', async () => {
  await using server = await startRedis();
  await using one = await tieredStore([server.url], false, patientMs);
  await using two = await tieredStore([server.url], false, patientMs);
  await expectNothingOld([one, two], () => false, 60);
});
