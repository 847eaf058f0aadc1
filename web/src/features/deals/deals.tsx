import './deals.css';
import { useDeferredValue, useMemo } from 'react';
import { FailureNote } from '../../components/failure-note.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { failureOf, type Section } from '../../lib/failures.ts';
import { formatCount } from '../../lib/format.ts';
import type { View } from '../../lib/use-view-state.ts';
import { arrange } from './arrange.ts';
import { DealsTable } from './deals-table.tsx';
import { DealsToolbar } from './deals-toolbar.tsx';
import type { DealsAnswer } from './use-deals.ts';

const list: Section = { system: 'SALESFORCE', path: ['getActivePipeline'] };

const borrowed: readonly { section: Section; what: string }[] = [
  { section: { system: 'NETSUITE', path: ['getActivePipeline'] }, what: 'Payment and invoices' },
  { section: { system: 'MARKETO', path: ['getActivePipeline'] }, what: 'Last marketing touch' },
];

export function Deals({ answer, view }: { answer: DealsAnswer; view: View }) {
  const { rows, failures, busy, waiting, ask } = answer;
  const filter = useDeferredValue(view.filter);
  const shown = useMemo(() => arrange(rows ?? [], filter, view.sort), [rows, filter, view.sort]);
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
        <DealsToolbar view={view} />
      </div>
      {rows &&
        borrowed.map(({ section, what }) => {
          const failure = failures.find(({ system }) => system === section.system);
          return failure && <FailureNote key={what} failure={failure} what={what} busy={busy} onRetry={ask} />;
        })}
      {lost && <FailureNote failure={lost} busy={busy} onRetry={ask} />}
      {waiting && <Skeleton lines={16} />}
      {rows && shown.length > 0 && <DealsTable rows={shown} answer={answer} view={view} />}
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
