import { type Failure, failureOf } from '../../lib/failures.ts';
import { type Column, columns } from './columns.ts';
import type { DealRow } from './deal-row.ts';

/** How a column stands in the last answer. */
export interface ColumnState {
  column: Column;
  /** Why values of it are missing. */
  failure: Failure | undefined;
  hidden: boolean;
}

export function columnStates(failures: readonly Failure[], rows: readonly DealRow[]): ColumnState[] {
  return columns.map((column) => {
    const { system, field } = column;
    const failure = failureOf(failures, { system, path: ['getActivePipeline', field] });
    // The marketing column leaves while there is nothing in it: the deals can be judged without it.
    const hidden = system === 'MARKETO' && failure !== undefined && rows.every(({ touch }) => touch === null);
    return { column, failure, hidden };
  });
}
