import { Empty } from '../../components/nothing.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { failureOf } from '../../lib/failures.ts';
import { formatInstantDay, formatWords } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { Facts } from './facts.tsx';
import { PanelSection } from './panel-section.tsx';
import { RecordList } from './record-list.tsx';

const EngagementFields = graphql(`
  fragment EngagementSection on CustomerProfile {
    marketingFreshness {
      ...Freshness
    }
    engagementScore
    leadSource
    lastCampaign {
      name
      channel
    }
    lastMarketingTouch {
      occurredAt
      kind
      description
    }
    marketingPeople(first: 5) {
      leadId
      email
      score
      leadSource
      lastTouch {
        occurredAt
        kind
      }
    }
  }
`);

export type EngagementRef = FragmentType<typeof EngagementFields>;

const system = 'MARKETO';
const none = <Empty system={system} />;

export function EngagementSection({ customer, state }: { customer: EngagementRef | null; state: SectionState }) {
  const data = readFragment(EngagementFields, customer);
  const people = data?.marketingPeople ?? null;
  const touch = data?.lastMarketingTouch;
  const known = people !== null || typeof data?.engagementScore === 'number' || Boolean(touch);
  const failed = failureOf(state.failures, { system, path: ['customer', 'marketingPeople'] }) !== undefined;
  return (
    <PanelSection
      title="Engagement"
      system={system}
      field="marketingPeople"
      freshness={data?.marketingFreshness}
      state={state}
      lines={7}
      none="No marketing data for this customer"
    >
      {known && data ? (
        <>
          <Facts
            facts={[
              ['Engagement score', data.engagementScore ?? none],
              ['Lead source', data.leadSource ?? none],
              ['Last campaign', data.lastCampaign?.name ?? none],
              [
                'Last touch',
                touch ? (
                  <span key="touch" title={touch.description ?? undefined}>
                    {formatWords(touch.kind)} <span className="aside">{formatInstantDay(touch.occurredAt)}</span>
                  </span>
                ) : (
                  none
                ),
              ],
            ]}
          />
          {people?.length === 0 && !failed && <p className="quiet">No people in Marketo</p>}
          {people && people.length > 0 && (
            <RecordList
              label="People"
              lines={people.map(({ leadId, email, score, leadSource, lastTouch }) => ({
                id: leadId,
                title: email ?? `Person ${leadId}`,
                note: leadSource ?? 'Source not known',
                figure: typeof score === 'number' ? score : none,
                figureNote: lastTouch && `${formatWords(lastTouch.kind)} · ${formatInstantDay(lastTouch.occurredAt)}`,
              }))}
            />
          )}
        </>
      ) : null}
    </PanelSection>
  );
}
