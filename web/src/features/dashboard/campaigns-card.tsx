import { Card } from '../../components/card.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { FreshnessLine } from '../../components/freshness-line.tsx';
import { Money } from '../../components/money.tsx';
import { Empty, Unavailable } from '../../components/nothing.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { failureOf } from '../../lib/failures.ts';
import { formatCount } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';

const CampaignsCardFields = graphql(`
  fragment CampaignsCard on DashboardData {
    marketing {
      campaignId
      name
      channel
      leadsGenerated
      spend {
        ...Money
      }
      attributedRevenue {
        ...Money
      }
    }
    marketingFreshness {
      ...Freshness
    }
  }
`);

const system = 'MARKETO';
const listPath = ['getDashboardMetrics', 'marketing'];

export interface CampaignsCardProps {
  metrics: FragmentType<typeof CampaignsCardFields> | null;
  state: SectionState;
}

export function CampaignsCard({ metrics, state }: CampaignsCardProps) {
  const data = readFragment(CampaignsCardFields, metrics);
  const campaigns = data?.marketing ?? null;
  const failure = campaigns ? undefined : failureOf(state.failures, { system, path: listPath });
  const gap = (field: string) =>
    failureOf(state.failures, { system, path: [...listPath, field] }) ? (
      <Unavailable system={system} />
    ) : (
      <Empty system={system} />
    );
  return (
    <Card
      title="Campaigns"
      className="campaigns-card"
      busy={state.busy}
      foot={<FreshnessLine system={system} freshness={data?.marketingFreshness} failed={Boolean(failure?.system)} />}
    >
      {state.waiting && <Skeleton lines={9} />}
      {failure && <FailureNote failure={failure} busy={state.busy} onRetry={state.ask} />}
      {campaigns?.length === 0 && <p className="quiet">There are no active campaigns in Marketo.</p>}
      {campaigns && campaigns.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className="card-scroll" tabIndex={0} aria-label="Campaign list">
          <table className="small-table">
            <caption className="sr-only">Active campaigns</caption>
            <thead>
              <tr>
                <th scope="col">Campaign</th>
                <th scope="col" className="number">
                  Spend
                </th>
                <th scope="col" className="number">
                  Attributed
                </th>
                <th scope="col" className="number">
                  Leads
                </th>
              </tr>
            </thead>
            <tbody>
              {campaigns.map(({ campaignId, name, channel, spend, attributedRevenue, leadsGenerated }) => (
                <tr key={campaignId}>
                  <th scope="row" title={channel ? `${name} (${channel})` : name}>
                    {name}
                  </th>
                  <td className="number">{spend ? <Money value={spend} /> : gap('spend')}</td>
                  <td className="number">
                    {attributedRevenue ? <Money value={attributedRevenue} /> : gap('attributedRevenue')}
                  </td>
                  <td className="number">
                    {typeof leadsGenerated === 'number' ? formatCount(leadsGenerated) : gap('leadsGenerated')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}
