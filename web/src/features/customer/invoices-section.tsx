import { Money } from '../../components/money.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { formatCount, formatDay } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { NoErpValue } from './erp-link.tsx';
import { PanelSection } from './panel-section.tsx';
import { RecordList } from './record-list.tsx';

const InvoicesFields = graphql(`
  fragment InvoicesSection on CustomerProfile {
    erpLink {
      status
      candidates
    }
    erpFreshness {
      ...Freshness
    }
    invoices(status: "OPEN", first: 20) {
      invoiceId
      invoiceNumber
      issuedOn
      dueDate
      daysOverdue
      amountRemaining {
        ...Money
      }
    }
  }
`);

export type InvoicesRef = FragmentType<typeof InvoicesFields>;

export function InvoicesSection({ customer, state }: { customer: InvoicesRef | null; state: SectionState }) {
  const data = readFragment(InvoicesFields, customer);
  const nothing = <NoErpValue link={data?.erpLink} words="No open invoices" />;
  const invoices = data?.invoices ?? null;
  return (
    <PanelSection
      title="Open invoices"
      system="NETSUITE"
      field="invoices"
      freshness={data?.erpFreshness}
      state={state}
      lines={4}
      none={nothing}
    >
      {invoices &&
        (invoices.length === 0 ? (
          nothing
        ) : (
          <RecordList
            label="Open invoices"
            lines={invoices.map(({ invoiceId, invoiceNumber, issuedOn, dueDate, daysOverdue, amountRemaining }) => ({
              id: invoiceId,
              title: invoiceNumber,
              note: `Issued ${formatDay(issuedOn)}`,
              figure: <Money value={amountRemaining} />,
              figureNote:
                daysOverdue > 0 ? (
                  <span className="overdue">{`${formatCount(daysOverdue)} ${daysOverdue === 1 ? 'day' : 'days'} overdue`}</span>
                ) : (
                  dueDate && `Due ${formatDay(dueDate)}`
                ),
            }))}
          />
        ))}
    </PanelSection>
  );
}
