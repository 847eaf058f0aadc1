import { type KeyboardEvent, useMemo, useState } from 'react';
import { ReadingLine } from '../../components/freshness-line.tsx';
import type { View } from '../../lib/use-view-state.ts';
import { ColumnHeader } from './column-header.tsx';
import type { ColumnState } from './column-state.ts';
import { DealLine } from './deal-line.tsx';
import type { DealRow } from './deal-row.ts';
import { selectedRow } from './selected-row.ts';
import type { DealsAnswer } from './use-deals.ts';

export interface DealsTableProps {
  rows: readonly DealRow[];
  states: readonly ColumnState[];
  freshness: DealsAnswer['freshness'];
  view: View;
  /** Rows cannot be opened; trying it explains why. */
  closed: boolean;
  onOpen(account: string, deal: string): void;
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

export function DealsTable({ rows, states, freshness, view, closed, onOpen }: DealsTableProps) {
  const [reached, setReached] = useState<string | null>(null);
  const selected = selectedRow(rows, view.account, view.deal);
  // One stop for the Tab key; the arrow keys walk from there.
  const stop = rows.find(({ id }) => id === reached)?.id ?? selected ?? rows[0]?.id;
  const shown = useMemo(() => states.filter(({ hidden }) => !hidden), [states]);
  const shownColumns = useMemo(() => shown.map(({ column }) => column), [shown]);
  const failed = useMemo(() => new Set(states.filter(({ failure }) => failure).map(({ column }) => column)), [states]);

  function walk(event: KeyboardEvent<HTMLTableSectionElement>) {
    const step = steps[event.key];
    const line = event.target instanceof HTMLElement ? event.target.closest('tr') : null;
    if (!step || !line) return;
    event.preventDefault();
    const lines = [...event.currentTarget.rows];
    lines[step(lines.indexOf(line), lines.length - 1)]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="deals-scroll" tabIndex={0} aria-label="Deals table">
      <table className="deals-table">
        <caption className="sr-only">Active deals with payment status and last marketing touch</caption>
        <thead>
          <tr>
            {shown.map(({ column, lost }) => (
              <ColumnHeader
                key={column.key}
                column={column}
                sort={view.sort}
                onSort={(sort) => view.change({ sort })}
                foot={<ReadingLine system={column.system} reading={freshness[column.system]} failed={lost} />}
              />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walk}>
          {rows.map((row) => (
            <DealLine
              key={row.id}
              row={row}
              columns={shownColumns}
              failed={failed}
              selected={row.id === selected}
              isStop={row.id === stop}
              onReach={setReached}
              closed={closed}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}
