import { SalesforceError } from '../errors.ts';
import { readId } from './input.ts';

/** Records that somebody else is writing, who makes every other writer fail. */
export interface Locks {
  hold(ids: string[], forMs: number): void;
  /** @throws {SalesforceError} UNABLE_TO_LOCK_ROW when one of them is held */
  require(ids: (string | null | undefined)[]): void;
}

export function createLocks(now: () => number): Locks {
  const until = new Map<string, number>();
  return {
    hold(ids, forMs) {
      for (const id of ids) until.set(readId(id) ?? id, now() + forMs);
    },
    require(ids) {
      if (until.size === 0) return;
      const held = ids.find((id) => id && (until.get(id) ?? 0) > now());
      if (held) throw unableToLock(held);
    },
  };
}

export const unableToLock = (id: string) =>
  new SalesforceError(
    400,
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or 1 records: ${id}`,
    [],
  );
