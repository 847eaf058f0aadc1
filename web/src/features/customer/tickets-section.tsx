import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { formatInstantDay, formatWords } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { PanelSection } from './panel-section.tsx';
import { RecordList } from './record-list.tsx';

const TicketsFields = graphql(`
  fragment TicketsSection on CustomerProfile {
    crmFreshness {
      ...Freshness
    }
    openTickets(first: 10) {
      ticketId
      number
      subject
      status
      priority
      openedAt
    }
  }
`);

export type TicketsRef = FragmentType<typeof TicketsFields>;

export function TicketsSection({ customer, state }: { customer: TicketsRef | null; state: SectionState }) {
  const data = readFragment(TicketsFields, customer);
  const tickets = data?.openTickets;
  return (
    <PanelSection
      title="Open tickets"
      system="SALESFORCE"
      field="openTickets"
      freshness={data?.crmFreshness}
      state={state}
      lines={3}
      none="No tickets to show"
    >
      {tickets &&
        (tickets.length === 0 ? (
          <p className="quiet">No open tickets</p>
        ) : (
          <RecordList
            label="Open tickets"
            lines={tickets.map(({ ticketId, number, subject, status, priority, openedAt }) => ({
              id: ticketId,
              title: subject ?? number,
              note: `${number} · ${status}`,
              figure: priority && formatWords(priority),
              figureNote: formatInstantDay(openedAt),
            }))}
          />
        ))}
    </PanelSection>
  );
}
