import { memo } from 'react';
import { closedReason } from '../../lib/closed-customers.ts';
import type { Column } from './columns.ts';
import { DealCell } from './deal-cells.tsx';
import type { DealRow } from './deal-row.ts';

export interface DealLineProps {
  row: DealRow;
  columns: readonly Column[];
  failed: ReadonlySet<Column>;
  selected: boolean;
  isStop: boolean;
  /** The customer cannot be opened now; trying it explains why. */
  closed: boolean;
  onReach(id: string): void;
  onOpen(account: string, deal: string): void;
}

/** A row opens its customer. The name is a button too, for readers that list controls instead of rows. */
export const DealLine = memo(function DealLine(props: DealLineProps) {
  const { row, columns, failed, selected, isStop, closed, onReach, onOpen } = props;
  const { accountId } = row;
  const open = () => accountId && onOpen(accountId, row.id);
  return (
    <tr
      id={`deal-${row.id}`}
      tabIndex={isStop ? 0 : -1}
      aria-current={selected ? 'true' : undefined}
      className={accountId && !closed ? 'opens' : undefined}
      onClick={open}
      onFocus={() => onReach(row.id)}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && event.key === 'Enter') open();
      }}
    >
      {columns.map((column) =>
        column.key === 'account' ? (
          <th key={column.key} scope="row" title={row.account}>
            {accountId ? (
              <button
                type="button"
                tabIndex={-1}
                className="link-button"
                aria-disabled={closed}
                aria-description={closed ? closedReason : undefined}
              >
                {row.account}
              </button>
            ) : (
              row.account
            )}
          </th>
        ) : (
          <td
            key={column.key}
            data-column={column.key}
            title={column.key === 'deal' ? row.deal : undefined}
            className={column.number ? 'number' : undefined}
          >
            <DealCell column={column} row={row} failed={failed.has(column)} />
          </td>
        ),
      )}
    </tr>
  );
});
