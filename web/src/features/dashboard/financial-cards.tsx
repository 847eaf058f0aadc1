import { Card } from '../../components/card.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { FreshnessFragment, FreshnessLine } from '../../components/freshness-line.tsx';
import { Empty } from '../../components/nothing.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { FinancialCardsFragment } from '../../generated/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { failureOf } from '../../lib/failures.ts';
import { formatInstant, formatMoment, formatMoney, formatPercent } from '../../lib/format.ts';
import { readingState } from '../../lib/reading.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { useNow } from '../../lib/use-now.ts';

const FinancialCardsFields = graphql(`
  fragment FinancialCards on DashboardData {
    financials {
      arr
      mrr
      cashOnHand
      grossMargin
      burnRate
      currency
      freshness {
        ...Freshness
      }
    }
  }
`);

type Financials = NonNullable<FinancialCardsFragment['financials']>;
type Figure = 'arr' | 'mrr' | 'cashOnHand' | 'grossMargin' | 'burnRate';

const figures: readonly { field: Figure; title: string; note(value: number): string }[] = [
  { field: 'arr', title: 'ARR', note: () => 'recurring a year' },
  { field: 'mrr', title: 'MRR', note: () => 'recurring a month' },
  { field: 'cashOnHand', title: 'Cash on hand', note: () => 'in all bank accounts' },
  { field: 'grossMargin', title: 'Gross margin', note: () => 'last 12 full months' },
  {
    field: 'burnRate',
    title: 'Burn rate',
    note: (value) => (value < 0 ? 'a month: cash grew' : 'a month, last 3 months'),
  },
];

export interface FinancialCardsProps {
  metrics: FragmentType<typeof FinancialCardsFields> | null;
  state: SectionState;
}

export function FinancialCards({ metrics, state }: FinancialCardsProps) {
  const financials = readFragment(FinancialCardsFields, metrics)?.financials ?? null;
  const reading = readFragment(FreshnessFragment, financials?.freshness);
  const asOf = reading && readingState(reading) === 'Cached' ? reading.asOf : null;
  return figures.map(({ field, title, note }) => {
    const value = financials?.[field] ?? null;
    const path = ['getDashboardMetrics', 'financials', field];
    const failure = value === null ? failureOf(state.failures, { system: 'NETSUITE', path }) : undefined;
    return (
      <Card
        key={field}
        title={title}
        className="figure-card"
        busy={state.busy}
        foot={<FreshnessLine system="NETSUITE" freshness={financials?.freshness} failed={Boolean(failure?.system)} />}
      >
        {state.waiting ? (
          <Skeleton lines={1} tall />
        ) : failure ? (
          <FailureNote failure={failure} busy={state.busy} onRetry={state.ask} />
        ) : (
          <p className="card-value">
            {value !== null && financials ? print(field, value, financials) : <Empty system="NETSUITE" />}
          </p>
        )}
        {!state.waiting && !failure && (
          <div className="figure-note">
            {value === null ? 'no value' : asOf ? <AsOf instant={asOf} /> : note(value)}
          </div>
        )}
      </Card>
    );
  });
}

/** A figure that stands still says of when it is. */
function AsOf({ instant }: { instant: string }) {
  return (
    <span title={formatInstant(instant)}>
      as of <time dateTime={instant}>{formatMoment(instant, useNow())}</time>
    </span>
  );
}

const print = (field: Figure, value: number, { currency }: Financials): string =>
  field === 'grossMargin' ? formatPercent(value) : formatMoney({ amount: value, currency });
