import './deals.css';
import { useDeferredValue, useMemo } from 'react';
import { FailureNote } from '../../components/failure-note.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { failureOf, type Section } from '../../lib/failures.ts';
import { formatCount } from '../../lib/format.ts';
import type { View } from '../../lib/use-view-state.ts';
import { arrange } from './arrange.ts';
import { columnStates } from './column-state.ts';
import { DealsTable } from './deals-table.tsx';
import { DealsToolbar } from './deals-toolbar.tsx';
import type { DealsAnswer } from './use-deals.ts';

const list: Section = { system: 'SALESFORCE', path: ['getActivePipeline'] };

export interface DealsProps {
  answer: DealsAnswer;
  view: View;
  /** No customer can be opened; trying it explains why. */
  closed: boolean;
  onOpen(account: string, deal: string): void;
}

export function Deals({ answer, view, closed, onOpen }: DealsProps) {
  const { rows, failures, busy, waiting, ask } = answer;
  const filter = useDeferredValue(view.filter);
  const shown = useMemo(() => arrange(rows ?? [], filter, view.sort), [rows, filter, view.sort]);
  const states = useMemo(() => columnStates(failures, rows ?? []), [failures, rows]);
  const lost = rows ? undefined : failureOf(failures, list);
  return (
    <section id="deals" className="deals" aria-labelledby="deals-title" aria-busy={busy}>
      <div className="deals-head">
        <h2 id="deals-title">Active deals</h2>
        <p className="quiet" role="status">
          {rows &&
            (shown.length === rows.length
              ? formatCount(rows.length)
              : `${formatCount(shown.length)} of ${formatCount(rows.length)}`)}
        </p>
        <DealsToolbar view={view} columns={states} />
      </div>
      {lost && <FailureNote failure={lost} busy={busy} onRetry={ask} />}
      {waiting && <Skeleton lines={16} />}
      {rows && shown.length > 0 && (
        <DealsTable
          rows={shown}
          states={states}
          freshness={answer.freshness}
          view={view}
          closed={closed}
          onOpen={onOpen}
        />
      )}
      {rows?.length === 0 && <p className="quiet">There are no open deals in Salesforce.</p>}
      {rows && rows.length > 0 && shown.length === 0 && (
        <p className="quiet">
          No deals match.{' '}
          <button type="button" className="button" onClick={() => view.change({ filter: '' })}>
            Clear the filter
          </button>
        </p>
      )}
    </section>
  );
}
