import { Money } from '../../components/money.tsx';
import { Empty } from '../../components/nothing.tsx';
import { PaymentBadge } from '../../components/payment-badge.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { NoErpValue } from './erp-link.tsx';
import { Facts } from './facts.tsx';
import { PanelSection } from './panel-section.tsx';

const FinanceFields = graphql(`
  fragment FinanceSection on CustomerProfile {
    erpLink {
      status
      candidates
    }
    erpFreshness {
      ...Freshness
    }
    finance {
      lifetimeValue {
        ...Money
      }
      openBalance {
        ...Money
      }
      overdueBalance {
        ...Money
      }
      creditLimit {
        ...Money
      }
      creditAvailable {
        ...Money
      }
      paymentTerms
      paymentStatus
    }
  }
`);

export type FinanceRef = FragmentType<typeof FinanceFields>;

const none = <Empty system="NETSUITE" />;

export function FinanceSection({ customer, state }: { customer: FinanceRef | null; state: SectionState }) {
  const data = readFragment(FinanceFields, customer);
  const finance = data?.finance;
  return (
    <PanelSection
      title="Financials"
      system="NETSUITE"
      field="finance"
      freshness={data?.erpFreshness}
      state={state}
      lines={7}
      none={<NoErpValue link={data?.erpLink} words="No figures in NetSuite" />}
    >
      {finance ? (
        <Facts
          facts={[
            ['Lifetime value', <Money key="ltv" value={finance.lifetimeValue} />],
            ['Open balance', <Money key="open" value={finance.openBalance} />],
            ['Overdue', <Money key="overdue" value={finance.overdueBalance} />],
            ['Credit limit', finance.creditLimit ? <Money key="limit" value={finance.creditLimit} /> : none],
            ['Credit available', finance.creditAvailable ? <Money key="left" value={finance.creditAvailable} /> : none],
            ['Terms', finance.paymentTerms ?? none],
            ['Payment status', <PaymentBadge key="status" status={finance.paymentStatus} />],
          ]}
        />
      ) : null}
    </PanelSection>
  );
}
