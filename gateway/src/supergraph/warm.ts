import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Operations } from '../prepare/operations.ts';
import { Refusal } from '../prepare/refusal.ts';

/** An operation in use that the new graph does not answer. */
export interface LostOperation {
  name: string | undefined;
  reason: string;
}

/**
 * Prepares what the old graph was asked most, so that the first callers of the new one wait for no plan. Requests are
 * answered between any two plans.
 *
 * @throws when an operation in use brings the planner down
 */
export async function warm(from: Operations, to: Operations, most: number): Promise<LostOperation[]> {
  const lost: LostOperation[] = [];
  for (const { query, operationName } of from.mostUsed(most)) {
    await nextTurn();
    try {
      to.warm(query, operationName);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      lost.push({ name: operationName, reason: error.errors[0]?.message ?? error.message });
    }
  }
  return lost;
}
