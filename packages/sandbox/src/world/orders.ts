import type { Customer, Order } from './erp.ts';
import type { Scene } from './scene.ts';
import { atNoon, writeLines, writeTransaction } from './transactions.ts';

export const periodMonths = { recur_monthly: 1, recur_quarterly: 3, recur_annually: 12 } as const;

/** Writes a sales order: one-off, or a subscription billed in equal periods. */
export function writeOrder(
  { insert, random, company, today, next }: Scene,
  customer: Customer,
  order: { date: string; scale: number; recurring: keyof typeof periodMonths | null; end?: string; churned?: boolean },
): Order {
  const { date, scale, recurring, end = null, churned = false } = order;
  const id = 20_000 + next('transaction');
  const months = recurring ? periodMonths[recurring] : 1;
  const offered = company.items.filter((item) => item.recurring === (recurring !== null));
  const lines = random
    .shuffle(offered)
    .slice(0, random.int(1, 2))
    .map((item) => {
      const quantity = recurring ? scale * random.int(1, 6) * months : random.int(1, 3) * scale;
      const rate = item.price + random.int(0, 999);
      return { itemId: item.id, quantity, rate, amount: quantity * rate };
    });
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const status = churned
    ? 'H'
    : recurring
      ? 'F'
      : random.weighted([
          ['G', 8],
          ['B', 1],
          ['A', 1],
        ] as const);

  writeTransaction(insert, {
    id,
    type: 'SalesOrd',
    tran_id: `SO${id}`,
    customer_id: customer.id,
    tran_date: date,
    due_date: null,
    status,
    currency_id: customer.currencyId,
    exchange_rate: String(customer.rateMillionths / 1e6),
    term_id: customer.term.id,
    period_id: company.period(date),
    posting: 0,
    total,
    start_date: recurring ? date : null,
    end_date: end,
    one_time: recurring ? 0 : total,
    ...(recurring ? { [recurring]: total } : {}),
    closed_at: churned ? atNoon(end ?? today) : null,
  });
  writeLines(insert, id, null, lines, total);
  return { id, lines, total, recurring: recurring !== null };
}
