import type { ReactNode } from 'react';
import { Empty, NotLinked, Unavailable } from '../../components/nothing.tsx';
import { PaymentBadge } from '../../components/payment-badge.tsx';
import {
  formatCount,
  formatDay,
  formatInstant,
  formatInstantDay,
  formatMoney,
  formatPercent,
  formatWords,
} from '../../lib/format.ts';
import type { SortKey } from '../../lib/view-state.ts';
import type { Column } from './columns.ts';
import type { DealRow, OpenInvoices } from './deal-row.ts';

const draw: Record<SortKey, (row: DealRow) => ReactNode> = {
  account: (row) => row.account,
  deal: (row) => row.deal,
  stage: (row) => row.stage,
  amount: (row) => row.amount && formatMoney(row.amount),
  probability: (row) => formatPercent(row.probability),
  close: (row) => <time dateTime={row.close}>{formatDay(row.close)}</time>,
  payment: (row) => row.payment && <PaymentBadge status={row.payment} />,
  invoices: (row) => row.invoices?.newest && <Invoices invoices={row.invoices} />,
  touch: (row) =>
    row.touch && (
      <span title={[row.touch.description, formatInstant(row.touch.at)].filter(Boolean).join(' · ')}>
        {formatWords(row.touch.kind)}
        <span className="aside"> {formatInstantDay(row.touch.at)}</span>
      </span>
    ),
};

/** One value, or the kind of nothing that stands in its place. */
export function DealCell({ column, row, failed }: { column: Column; row: DealRow; failed: boolean }) {
  if (column.system === 'NETSUITE') {
    if (row.unlinked) return <NotLinked label="Not linked" reason="No NetSuite customer linked" />;
    if (row.ambiguous) return <NotLinked label="Unclear" reason="Several NetSuite customers claim this account" />;
  }
  const value = draw[column.key](row);
  if (value) return value;
  return failed ? <Unavailable system={column.system} /> : <Empty system={column.system} />;
}

function Invoices({ invoices: { count, remaining, newest, cut } }: { invoices: OpenInvoices }) {
  if (count === 0) {
    return <span className="aside">none open · last {newest?.number}</span>;
  }
  return (
    <span title={cut ? 'Counted over the newest invoices; there may be more' : undefined}>
      {remaining.map(formatOne).join(' + ')}
      <span className="aside">
        {' '}
        · {cut ? 'at least ' : ''}
        {formatCount(count)}
      </span>
    </span>
  );
}

const formatOne = (amount: DealRow['amount'] & object) => formatMoney(amount);
