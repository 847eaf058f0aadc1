import { startFaultProxy } from '@customer360/testing/fault-proxy';
import type { RunningRedis } from '@customer360/testing/redis-server';
import type { CellResult } from './cell.ts';
import { tooSlow } from './cell.ts';
import type { Kind } from './kinds.ts';
import { faultKinds } from './kinds.ts';
import { createAsking } from './questions.ts';
import { startRig } from './rig.ts';

/** What a call may take longer because Redis is away. */
const addedMs = 100;
const rounds = 4;

/**
 * Breaks the way to Redis. Nobody may notice: everything is there, right and without an error. One product has read
 * everything; the other has read nothing yet, so that all it knows is in Redis.
 */
export async function runRedisCell(redis: RunningRedis, kind: Kind): Promise<CellResult> {
  await using proxy = await startFaultProxy(redis.url);
  // Times are the usual ones, so that nothing but Redis is at fault.
  const env = { REDIS_URL: proxy.url, NETSUITE_TIMEOUT_MS: '5000', SUBGRAPH_TIMEOUT_MS: '6000' };
  await using rig = await startRig('netsuite', { env, coldEnv: {} });
  const askings = {
    warm: await createAsking(rig.warm, rig.accountIds, null),
    cold: await createAsking(rig.cold, rig.accountIds, null, rig.warm),
  };
  const { wellMs } = askings.warm;
  // Who has read nothing has tokens to fetch and code to run for the first time.
  const limits = { warm: wellMs + Math.max(addedMs, wellMs), cold: 3 * wellMs + 2 * addedMs };

  await proxy.suffer(faultKinds[kind].fault);
  const problems: string[] = [];
  let slowestMs = 0;
  for (const name of ['cold', 'warm'] as const) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await askings[name].round());
    const most = Math.max(...times);
    slowestMs = Math.max(slowestMs, most);
    problems.push(...tooSlow(times, limits[name]).map((problem) => `${name}, ${problem}`));
  }
  await proxy.heal();
  const liveAgain = [await askings.warm.untilWhole(2000 + wellMs), await askings.cold.untilWhole(2000 + wellMs)];
  for (const [name, asking] of Object.entries(askings)) {
    problems.push(...asking.problems().map((problem) => `${name}, ${problem}`));
  }
  return {
    target: 'redis',
    kind,
    problems,
    ms: { well: wellMs, fault: slowestMs, open: null, liveAgain: Math.max(...liveAgain) },
  };
}
