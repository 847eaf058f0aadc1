import type { Deal } from './deals.ts';
import type { Customer, Order } from './erp.ts';
import { printRate } from './rates.ts';
import type { Scene } from './scene.ts';
import type { Line } from './transactions.ts';
import { atNoon, writeLines, writeTransaction } from './transactions.ts';

/** One order in so many was agreed on other terms than the customer's own. */
const negotiatedShare = 0.06;
/** What is invoiced is not always what the deal promised. */
const haggledShare = 0.15;

export const periodMonths = { recur_monthly: 1, recur_quarterly: 3, recur_annually: 12 } as const;

/** Writes a sales order: one-off, or a subscription billed in equal periods. */
export function writeOrder(
  scene: Scene,
  customer: Customer,
  order: {
    date: string;
    scale: number;
    recurring: keyof typeof periodMonths | null;
    end?: string;
    churned?: boolean;
    deal?: Deal;
  },
): Order {
  const { insert, random, company, today, next } = scene;
  const { date, scale, recurring, end = null, churned = false, deal } = order;
  const id = 20_000 + next('transaction');
  const months = recurring ? periodMonths[recurring] : 1;
  const lines = deal?.amount
    ? [soldLine(scene, customer, date, deal.amount)]
    : offeredLines(scene, scale, recurring, months);
  const term = random.chance(negotiatedShare) ? random.pick(company.terms) : customer.term;
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
    external_id: deal?.id ?? null,
    customer_id: customer.id,
    tran_date: date,
    due_date: null,
    status,
    currency_id: customer.currencyId,
    exchange_rate: printRate(company.rate(customer.currencyId, date)),
    term_id: term.id,
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
  return { id, lines, total, term, recurring: recurring !== null };
}

/** What a deal was won for, in the customer's currency. */
function soldLine({ random, company }: Scene, { currencyId }: Customer, date: string, amount: number): Line {
  const agreed = random.chance(haggledShare) ? Math.floor((amount * random.int(85, 99)) / 100) : amount;
  const rate = Math.max(1, Math.round((agreed * 1e6) / company.rate(currencyId, date)));
  return { itemId: company.items.find(({ recurring }) => !recurring)?.id ?? 0, quantity: 1, rate, amount: rate };
}

function offeredLines(
  { random, company }: Scene,
  scale: number,
  recurring: keyof typeof periodMonths | null,
  months: number,
): Line[] {
  const offered = company.items.filter((item) => item.recurring === (recurring !== null));
  return random
    .shuffle(offered)
    .slice(0, random.int(1, 2))
    .map((item) => {
      const quantity = recurring ? scale * random.int(1, 6) * months : random.int(1, 3) * scale;
      const rate = item.price + random.int(0, 999);
      return { itemId: item.id, quantity, rate, amount: quantity * rate };
    });
}
