import { Money } from '../../components/money.tsx';
import { type FragmentType, graphql, readFragment } from '../../generated/index.ts';
import { formatDay } from '../../lib/format.ts';
import type { SectionState } from '../../lib/section-state.ts';
import { NoErpValue } from './erp-link.tsx';
import { PanelSection } from './panel-section.tsx';
import { RecordList } from './record-list.tsx';

const OrdersFields = graphql(`
  fragment OrdersSection on CustomerProfile {
    erpLink {
      status
      candidates
    }
    erpFreshness {
      ...Freshness
    }
    recentOrders(first: 5) {
      orderId
      orderNumber
      placedOn
      status
      total {
        ...Money
      }
    }
  }
`);

export type OrdersRef = FragmentType<typeof OrdersFields>;

export function OrdersSection({ customer, state }: { customer: OrdersRef | null; state: SectionState }) {
  const data = readFragment(OrdersFields, customer);
  const nothing = <NoErpValue link={data?.erpLink} words="No orders" />;
  const orders = data?.recentOrders ?? null;
  return (
    <PanelSection
      title="Recent orders"
      system="NETSUITE"
      field="recentOrders"
      freshness={data?.erpFreshness}
      state={state}
      lines={4}
      none={nothing}
    >
      {orders &&
        (orders.length === 0 ? (
          nothing
        ) : (
          <RecordList
            label="Recent orders"
            lines={orders.map(({ orderId, orderNumber, placedOn, status, total }) => ({
              id: orderId,
              title: orderNumber,
              note: status,
              figure: <Money value={total} />,
              figureNote: formatDay(placedOn),
            }))}
          />
        ))}
    </PanelSection>
  );
}
