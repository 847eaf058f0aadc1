import { Card } from '../../components/card.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { FreshnessLine } from '../../components/freshness-line.tsx';
import { Money } from '../../components/money.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { failureOf } from '../../lib/failures.ts';
import { formatCount } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';

const PipelineCardFields = graphql(`
  fragment PipelineCard on DashboardData {
    pipeline {
      stage
      dealCount
      totalAmount
      total {
        ...Money
      }
    }
    pipelineFreshness {
      ...Freshness
    }
  }
`);

const section = { system: 'SALESFORCE', path: ['getDashboardMetrics', 'pipeline'] } as const;

export interface PipelineCardProps {
  metrics: FragmentType<typeof PipelineCardFields> | null;
  state: SectionState;
}

export function PipelineCard({ metrics, state }: PipelineCardProps) {
  const data = readFragment(PipelineCardFields, metrics);
  const stages = data?.pipeline ?? null;
  const failure = stages ? undefined : failureOf(state.failures, section);
  const largest = Math.max(1, ...(stages ?? []).map(({ totalAmount }) => totalAmount));
  return (
    <Card
      title="Pipeline by stage"
      className="pipeline-card"
      busy={state.busy}
      foot={
        <FreshnessLine system={section.system} freshness={data?.pipelineFreshness} failed={Boolean(failure?.system)} />
      }
    >
      {state.waiting && <Skeleton lines={9} />}
      {failure && <FailureNote failure={failure} busy={state.busy} onRetry={state.ask} />}
      {stages?.length === 0 && <p className="quiet">There are no open deals in Salesforce.</p>}
      {stages && stages.length > 0 && (
        <table className="small-table">
          <caption className="sr-only">Open deals by stage</caption>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col" className="bar-column">
                <span className="sr-only">Share</span>
              </th>
              <th scope="col" className="number">
                Total
              </th>
              <th scope="col" className="number">
                Deals
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ stage, dealCount, totalAmount, total }) => (
              <tr key={stage}>
                <th scope="row">{stage}</th>
                <td className="bar-column">
                  <svg className="bar" width="100%" height="12" aria-hidden="true">
                    <rect width={`${(100 * totalAmount) / largest}%`} height="12" rx="2" />
                  </svg>
                </td>
                <td className="number">
                  <Money value={total} />
                </td>
                <td className="number">{formatCount(dealCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
