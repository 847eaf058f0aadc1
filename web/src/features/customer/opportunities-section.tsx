import { Money } from '../../components/money.tsx';
import { Empty } from '../../components/nothing.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { formatDay, formatPercent } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { PanelSection } from './panel-section.tsx';
import { RecordList } from './record-list.tsx';

const OpportunitiesFields = graphql(`
  fragment OpportunitiesSection on CustomerProfile {
    crmFreshness {
      ...Freshness
    }
    opportunities(first: 10, isClosed: false) {
      id
      name
      stage
      value {
        ...Money
      }
      probability
      closeDate
    }
  }
`);

export type OpportunitiesRef = FragmentType<typeof OpportunitiesFields>;

export function OpportunitiesSection({ customer, state }: { customer: OpportunitiesRef | null; state: SectionState }) {
  const data = readFragment(OpportunitiesFields, customer);
  const opportunities = data?.opportunities;
  return (
    <PanelSection
      title="Open opportunities"
      system="SALESFORCE"
      field="opportunities"
      freshness={data?.crmFreshness}
      state={state}
      lines={3}
      none="No opportunities to show"
    >
      {opportunities &&
        (opportunities.length === 0 ? (
          <p className="quiet">No open opportunities</p>
        ) : (
          <RecordList
            label="Open opportunities"
            lines={opportunities.map(({ id, name, stage, value, probability, closeDate }) => ({
              id,
              title: name,
              note: `${stage} · ${formatPercent(probability)}`,
              figure: value ? <Money value={value} /> : <Empty system="SALESFORCE" />,
              figureNote: `Close ${formatDay(closeDate)}`,
            }))}
          />
        ))}
    </PanelSection>
  );
}
