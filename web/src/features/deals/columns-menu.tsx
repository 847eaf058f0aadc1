import { SystemTag } from '../../components/system-tag.tsx';
import { withoutAdvice } from '../../lib/failures.ts';
import type { ColumnState } from './column-state.ts';

/** Lists the table's columns with the system of each, and says why one is not there. */
export function ColumnsMenu({ states }: { states: readonly ColumnState[] }) {
  const hidden = states.filter((state) => state.hidden).length;
  return (
    <details
      className="columns-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        // The panel beside the table closes by Escape too, but one thing at a time.
        event.preventDefault();
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="button">Columns{hidden > 0 && ` · ${hidden} hidden`}</summary>
      <ul aria-label="Columns">
        {states.map(({ column, failure, hidden: away }) => (
          <li key={column.key} className={away ? 'quiet' : undefined}>
            <span>{column.title}</span>
            <SystemTag system={column.system} />
            {failure && (
              <span className="columns-reason">
                {away && 'Hidden, comes back by itself. '}
                {withoutAdvice(failure.sentence)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
