import { cents, millionths, sum } from './cents.ts';

/** A transaction of a customer, as one of the protocols gave it; amounts as they were printed. */
export interface RawTransaction {
  kind: 'invoice' | 'credit' | 'payment' | 'order';
  total: unknown;
  /** What is left of it: to be paid of an invoice, to be applied of a payment or credit. */
  left: unknown;
  dueDate: string | null;
  /** Of an order that is neither waiting for approval, cancelled nor closed. */
  isActive: boolean;
  startDate: string | null;
  endDate: string | null;
  exchangeRate: unknown;
  /** A week, a month, a quarter, a year. */
  recurring: readonly unknown[];
}

export interface NetSuiteFigures {
  openBalance: bigint;
  overdue: bigint;
  lifetimeValue: bigint;
  invoiced: bigint;
  paid: bigint;
  /** A year of running subscriptions, in cents of base currency times a million. */
  annualRecurring: bigint;
}

export function netsuiteFigures(transactions: readonly RawTransaction[], today: string): NetSuiteFigures {
  const of = (kind: RawTransaction['kind']) => transactions.filter((each) => each.kind === kind);
  const totals = (kind: RawTransaction['kind']) => sum(of(kind).map(({ total }) => cents(total)));
  const left = (list: readonly RawTransaction[]) => sum(list.map((each) => cents(each.left)));
  const runs = ({ isActive, startDate, endDate }: RawTransaction) =>
    isActive && startDate !== null && startDate <= today && (endDate === null || endDate >= today);
  return {
    openBalance: left(of('invoice')) - left([...of('credit'), ...of('payment')]),
    overdue: left(of('invoice').filter(({ dueDate }) => dueDate !== null && dueDate < today)),
    lifetimeValue: totals('invoice') - totals('credit'),
    invoiced: totals('invoice'),
    paid: totals('payment'),
    annualRecurring: sum(
      of('order')
        .filter(runs)
        .map(({ recurring, exchangeRate }) => {
          const [week = 0n, month = 0n, quarter = 0n, year = 0n] = recurring.map(cents);
          return (week * 52n + month * 12n + quarter * 4n + year) * millionths(exchangeRate);
        }),
    ),
  };
}
