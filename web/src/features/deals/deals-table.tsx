import { type KeyboardEvent, useMemo, useState } from 'react';
import { FreshnessLine } from '../../components/freshness-line.tsx';
import { failureOf } from '../../lib/failures.ts';
import type { View } from '../../lib/use-view-state.ts';
import { ColumnHeader } from './column-header.tsx';
import { type Column, columns } from './columns.ts';
import { DealLine } from './deal-line.tsx';
import type { DealRow } from './deal-row.ts';
import { selectedRow } from './selected-row.ts';
import type { DealsAnswer } from './use-deals.ts';

export interface DealsTableProps {
  rows: readonly DealRow[];
  answer: DealsAnswer;
  view: View;
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

export function DealsTable({ rows, answer, view }: DealsTableProps) {
  const [reached, setReached] = useState<string | null>(null);
  const selected = selectedRow(rows, view.account, view.deal);
  // One stop for the Tab key; the arrow keys walk from there.
  const stop = rows.find(({ id }) => id === reached)?.id ?? selected ?? rows[0]?.id;
  const { failures } = answer;
  const failed = useMemo(
    () =>
      new Set(
        columns.filter(({ system, field }) => failureOf(failures, { system, path: ['getActivePipeline', field] })),
      ),
    [failures],
  );
  const all = answer.rows;
  const shown = useMemo(() => columns.filter((column) => !isHidden(column, failed, all ?? [])), [failed, all]);

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
            {shown.map((column) => (
              <ColumnHeader
                key={column.key}
                column={column}
                sort={view.sort}
                onSort={(sort) => view.change({ sort })}
                foot={
                  <FreshnessLine
                    system={column.system}
                    freshness={answer.freshness[column.system]}
                    failed={failed.has(column)}
                  />
                }
              />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walk}>
          {rows.map((row) => (
            <DealLine
              key={row.id}
              row={row}
              columns={shown}
              failed={failed}
              selected={row.id === selected}
              isStop={row.id === stop}
              onReach={setReached}
              onOpen={view.openCustomer}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The marketing column leaves while its system is away: the deals can be judged without it. */
function isHidden(column: Column, failed: ReadonlySet<Column>, rows: readonly DealRow[]): boolean {
  return column.system === 'MARKETO' && failed.has(column) && rows.every(({ touch }) => touch === null);
}
