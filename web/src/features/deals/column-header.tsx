import type { ReactNode } from 'react';
import type { Sort } from '../../lib/view-state.ts';
import type { Column } from './columns.ts';

export interface ColumnHeaderProps {
  column: Column;
  sort: Sort | null;
  /** System and age, under the title. */
  foot: ReactNode;
  onSort(sort: Sort): void;
}

export function ColumnHeader({ column, sort, foot, onSort }: ColumnHeaderProps) {
  const { key, title, number, startsDescending = false } = column;
  const descending = sort?.key === key ? sort.descending : null;
  const order = descending === null ? 'none' : descending ? 'descending' : 'ascending';
  return (
    <th scope="col" abbr={title} data-column={key} className={number ? 'number' : undefined} aria-sort={order}>
      <button
        type="button"
        className="sort-button"
        onClick={() => onSort({ key, descending: descending === null ? startsDescending : !descending })}
      >
        {title}
        <span className="sort-mark" aria-hidden="true">
          {order === 'none' ? '↕' : order === 'ascending' ? '↑' : '↓'}
        </span>
      </button>
      <div className="freshness-short">{foot}</div>
    </th>
  );
}
