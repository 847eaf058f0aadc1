import { startRedis } from '@customer360/testing/redis-server';
import { vendorNames } from '../addresses.ts';
import type { CellResult, Target } from './cell.ts';
import { runCell } from './cell.ts';
import type { Kind } from './kinds.ts';
import { kindNames } from './kinds.ts';
import { runRedisCell } from './redis-cell.ts';
import { startRig } from './rig.ts';

export interface Cell {
  target: Target;
  kind: Kind;
}

export const targets: readonly Target[] = [
  ...vendorNames,
  'redis',
  ...vendorNames.map((name) => `${name} subgraph` as const),
];

/** Every fault for every target: what stands between a service and each thing that it calls. */
export const allCells: readonly Cell[] = targets.flatMap((target) => kindNames.map((kind) => ({ target, kind })));

/** Cells whose name contains one of the words, all without any; a name is a target and a kind: `redis blackhole`. */
export function chooseCells(words: readonly string[]): Cell[] {
  return allCells.filter(
    ({ target, kind }) => words.length === 0 || words.some((word) => `${target} ${kind}`.includes(word)),
  );
}

/** Runs cells one after the other, those of a system over the same product. */
export async function runCells(cells: readonly Cell[], report: (result: CellResult) => void): Promise<CellResult[]> {
  const results: CellResult[] = [];
  const add = (result: CellResult) => {
    results.push(result);
    report(result);
  };
  for (const system of vendorNames) {
    const own = cells.filter(({ target }) => target.split(' ')[0] === system);
    if (own.length === 0) continue;
    await using rig = await startRig(system);
    for (const { target, kind } of own) {
      if (target !== 'redis') add(await orBroken({ target, kind }, () => runCell(rig, target, kind)));
    }
  }
  const ofRedis = cells.filter(({ target }) => target === 'redis');
  if (ofRedis.length > 0) {
    await using redis = await startRedis();
    for (const cell of ofRedis) add(await orBroken(cell, () => runRedisCell(redis, cell.kind)));
  }
  return results;
}

/** A cell that cannot be run has not passed, and the others are still of interest. */
async function orBroken(cell: Cell, run: () => Promise<CellResult>): Promise<CellResult> {
  try {
    return await run();
  } catch (error) {
    const ms = { well: 0, fault: 0, open: null, liveAgain: 0 };
    return { ...cell, problems: [error instanceof Error ? error.message : String(error)], ms };
  }
}
