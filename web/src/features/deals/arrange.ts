import type { PaymentStatus } from '../../generated/graphql.ts';
import type { Sort, SortKey } from '../../lib/view-state.ts';
import type { DealRow } from './deal-row.ts';

/** Worst first when ascending is asked for: the list is read to find who does not pay. */
const paymentRank: Record<PaymentStatus, number> = { OVERDUE: 0, DUE_SOON: 1, CURRENT: 2, PAID: 3, NO_INVOICES: 4 };

const sortValue: Record<SortKey, (row: DealRow) => string | number | null> = {
  account: (row) => row.account,
  deal: (row) => row.deal,
  stage: (row) => row.stage,
  amount: (row) => (row.amount ? Number(row.amount.amount) : null),
  probability: (row) => row.probability,
  close: (row) => row.close,
  payment: (row) => (row.payment && !row.unlinked ? paymentRank[row.payment] : null),
  invoices: (row) => row.invoices?.remaining.reduce((sum, { amount }) => sum + Number(amount), 0) ?? null,
  touch: (row) => row.touch?.at ?? null,
};

const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The rows that hold the filter's words, in the asked order; rows without a value come last in either direction. */
export function arrange(rows: readonly DealRow[], filter: string, sort: Sort | null): DealRow[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter((row) => {
    const text = `${row.account} ${row.deal} ${row.stage} ${row.payment ?? ''}`.toLowerCase().replaceAll('_', ' ');
    return wanted.every((word) => text.includes(word));
  });
  return sort ? shown.sort(compareBy(sort)) : shown;
}

function compareBy({ key, descending }: Sort): (left: DealRow, right: DealRow) => number {
  const read = sortValue[key];
  const direction = descending ? -1 : 1;
  return (left, right) => {
    const a = read(left);
    const b = read(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'number' && typeof b === 'number') return direction * (a - b);
    return direction * words.compare(String(a), String(b));
  };
}
