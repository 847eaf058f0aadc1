import type { Fault } from '../errors.ts';

/** Why the last loads failed, by entity type: what fails for one type need not fail for another. */
export interface Ailments {
  failed(entityType: string, fault: Fault): void;
  worked(entityType: string): void;
  /** Null when the last load of the type worked, and when it failed too long ago to say anything of now. */
  of(entityType: string): Fault | null;
}

const longestMs = 60_000;

/** @param steady monotonic milliseconds */
export function createAilments(steady: () => number): Ailments {
  const byType = new Map<string, { fault: Fault; at: number }>();
  return {
    failed: (entityType, fault) => void byType.set(entityType, { fault, at: steady() }),
    worked: (entityType) => void byType.delete(entityType),
    of(entityType) {
      const last = byType.get(entityType);
      return last && steady() - last.at < longestMs ? last.fault : null;
    },
  };
}
