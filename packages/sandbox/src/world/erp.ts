import { writeInvoice } from './billing.ts';
import { addDays, daysBetween, monthStart } from './dates.ts';
import { periodMonths, writeOrder } from './orders.ts';
import type { Scene } from './scene.ts';
import type { Line } from './transactions.ts';
import { atNoon } from './transactions.ts';

/** Money that moved: what the ledger has to book. Amounts in base currency minor units. */
export interface Flow {
  kind: 'invoice' | 'payment' | 'credit';
  transactionId: number;
  date: string;
  amount: number;
  recurring: boolean;
}

export interface Billed {
  name: string;
  scale: number;
  since: string;
}

export interface Customer {
  id: number;
  name: string;
  currencyId: number;
  rateMillionths: number;
  term: { id: number; days: number };
  /** 0 pays early, 1 pays late. */
  slowness: number;
}

export interface Order {
  id: number;
  lines: Line[];
  total: number;
  recurring: boolean;
}

/** Writes a customer with its subscription, one-off orders, invoices, payments and credits. */
export function writeErpCustomer(scene: Scene, billed: Billed, externalId: string | null): Flow[] {
  const { insert, random, company, next } = scene;
  const currency = random.weighted(company.currencies.map((each, index) => [each, [7, 2, 1, 1][index] ?? 1] as const));
  const customer: Customer = {
    id: 4000 + next('customer'),
    name: billed.name,
    currencyId: currency.id,
    rateMillionths: currency.rateMillionths,
    term: random.pick(company.terms),
    slowness: random.next() ** 3,
  };
  const stamp = atNoon(billed.since);
  insert('ns_customer', {
    id: customer.id,
    entity_id: `CUST${customer.id}`,
    external_id: externalId,
    company_name: billed.name,
    email: null,
    phone: null,
    term_id: customer.term.id,
    credit_limit: random.chance(0.9) ? billed.scale * random.int(5, 50) * 100_000 : null,
    currency_id: customer.currencyId,
    subsidiary_id: 1,
    is_inactive: 0,
    created_at: stamp,
    modified_at: stamp,
  });

  const flows: Flow[] = [];
  if (random.chance(0.65)) flows.push(...writeSubscription(scene, customer, billed));
  for (
    let count = random.weighted([
      [0, 5],
      [1, 4],
      [2, 1],
    ] as const);
    count > 0;
    count -= 1
  ) {
    const date = addDays(billed.since, random.int(0, Math.max(0, daysBetween(billed.since, scene.today) - 1)));
    const order = writeOrder(scene, customer, { date, scale: billed.scale, recurring: null });
    flows.push(...writeInvoice(scene, customer, order, date));
  }
  return flows;
}

function writeSubscription(scene: Scene, customer: Customer, billed: Billed): Flow[] {
  const { random, today } = scene;
  const recurring = random.weighted([
    ['recur_annually', 65],
    ['recur_quarterly', 27],
    ['recur_monthly', 8],
  ] as const);
  const start = monthStart(billed.since);
  const churned = random.chance(0.1) && daysBetween(start, today) > 200;
  const end = churned ? addDays(monthStart(today, -2), -1) : addDays(monthStart(start, 24), -1);
  const order = writeOrder(scene, customer, { date: start, scale: billed.scale, recurring, end, churned });
  const flows: Flow[] = [];
  const first = billed.since > start ? billed.since : start;
  for (let month = 0; monthStart(first, month) <= today; month += periodMonths[recurring]) {
    const date = month === 0 ? first : monthStart(first, month);
    if (date > today || date > end) break;
    flows.push(...writeInvoice(scene, customer, order, date));
  }
  return flows;
}
