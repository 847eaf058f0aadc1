import type { Contract } from '../prepare/contract.ts';
import type { IsOfType } from './types.ts';

/** What the compiled parts of one operation share. */
export interface PlanParts {
  contract: Contract;
  isOfType: IsOfType;
  /** Whether a type is an interface. */
  isInterface(typename: unknown): boolean;
  /** Values of variables that the caller may leave out. */
  defaults: Readonly<Record<string, unknown>>;
  /** Whether some fetch depends on where an entity stands, so that no two places may share one object. */
  inContext: boolean;
}
