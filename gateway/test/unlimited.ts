import type { OperationsOptions } from '../src/prepare/operations.ts';

/** For tests of what an operation does, not of how large it may be. */
export const unlimited: OperationsOptions = {
  introspection: true,
  maxTokens: 100_000,
  maxDepth: 100,
  maxAliases: 1000,
  maxDirectives: 1000,
  maxDeferred: 1000,
  maxSelections: 1_000_000,
  maxMutations: 100,
};
