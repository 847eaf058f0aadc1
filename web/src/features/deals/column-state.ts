import { type Failure, failureOf } from '../../lib/failures.ts';
import type { SortKey } from '../../lib/view-state.ts';
import { type Column, columns } from './columns.ts';
import type { DealRow } from './deal-row.ts';

/** How a column stands in the last answer. */
export interface ColumnState {
  column: Column;
  /** Why values of it are missing. */
  failure: Failure | undefined;
  /** All that its system could have given is missing. */
  lost: boolean;
  hidden: boolean;
}

/** What comes from another system than the row itself. */
const borrowed: Partial<Record<SortKey, (row: DealRow) => unknown>> = {
  payment: ({ payment }) => payment,
  invoices: ({ invoices }) => invoices,
  touch: ({ touch }) => touch,
};

export function columnStates(failures: readonly Failure[], rows: readonly DealRow[]): ColumnState[] {
  // A deal without an account has nothing to look up, so what it shows is no sign of life.
  const asked = rows.filter(({ accountId }) => accountId !== null);
  return columns.map((column) => {
    const { key, system, field } = column;
    const failure = failureOf(failures, { system, path: ['getActivePipeline', field] });
    const read = borrowed[key];
    const lost = failure !== undefined && (!read || asked.every((row) => read(row) === null));
    // The marketing column leaves while there is nothing in it: the deals can be judged without it.
    return { column, failure, lost, hidden: system === 'MARKETO' && lost };
  });
}
