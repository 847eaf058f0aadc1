import { FailureNote } from '../../components/failure-note.tsx';
import { EngagementSection } from './engagement-section.tsx';
import { FinanceSection } from './finance-section.tsx';
import { InvoicesSection } from './invoices-section.tsx';
import { OpportunitiesSection } from './opportunities-section.tsx';
import { OrdersSection } from './orders-section.tsx';
import { TicketsSection } from './tickets-section.tsx';
import type { CustomerAnswer } from './use-customer.ts';

export function CustomerSections({ answer }: { answer: CustomerAnswer }) {
  const { customer, waiting, busy, failures, ask } = answer;
  if (!customer && !waiting) {
    const [failure] = failures;
    return (
      <div className="panel-section">
        {failure ? (
          <FailureNote failure={failure} busy={busy} onRetry={ask} />
        ) : (
          <p className="quiet">Salesforce has no account with this id.</p>
        )}
      </div>
    );
  }
  return (
    <>
      <FinanceSection customer={customer} state={answer} />
      <InvoicesSection customer={customer} state={answer} />
      <OrdersSection customer={customer} state={answer} />
      <OpportunitiesSection customer={customer} state={answer} />
      <TicketsSection customer={customer} state={answer} />
      <EngagementSection customer={customer} state={answer} />
    </>
  );
}
