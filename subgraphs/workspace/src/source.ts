import type { System } from '@customer360/kit/errors';
import { systemNames } from '@customer360/kit/errors';
import type { SourceState } from './merge.ts';
import { mergeReports } from './merge.ts';
import type { Reports } from './reports.ts';

/** What this subgraph knows of the systems, from what is reported on the bus. */
export interface WorkspaceSource {
  statuses(): SourceState[];
  /** Null for what is no system that anybody calls. */
  status(name: string): SourceState | null;
}

export const systems = Object.keys(systemNames) as System[];

/** One for the process. @param now milliseconds since 1970 */
export function createWorkspaceSource(reports: Reports, now: () => number): WorkspaceSource {
  const statusOf = (system: System) => mergeReports(system, reports.of(system), now());
  return {
    statuses: () => systems.map(statusOf),
    status(name) {
      const system = systems.find((each) => each === name);
      return system ? statusOf(system) : null;
    },
  };
}
