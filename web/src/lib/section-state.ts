import type { Failure } from './failures.ts';

/** What every card must know beside its values. */
export interface SectionState {
  failures: Failure[];
  waiting: boolean;
  busy: boolean;
  ask(): void;
}
