import { writeInvoice } from './billing.ts';
import { addDays, daysBetween, monthStart } from './dates.ts';
import type { Deal } from './deals.ts';
import { nameInErp } from './disagreement.ts';
import type { CompanyName } from './names.ts';
import { periodMonths, writeOrder } from './orders.ts';
import type { Scene } from './scene.ts';
import type { Line } from './transactions.ts';
import { atNoon } from './transactions.ts';

export interface Billed {
  called: CompanyName;
  scale: number;
  since: string;
  /** Deals that this customer's orders may fulfil. */
  deals: Deal[];
}

export interface Customer {
  id: number;
  currencyId: number;
  term: { id: number; days: number };
  /** 0 pays early, 1 pays late. */
  slowness: number;
}

export interface Order {
  id: number;
  lines: Line[];
  total: number;
  term: { id: number; days: number };
  recurring: boolean;
}

/** Of the deals that were won, so many never became an order. */
const forgottenShare = 0.2;

/** Writes a customer with its subscription, one-off orders, invoices, payments and credits. */
export function writeErpCustomer(scene: Scene, billed: Billed, externalId: string | null): void {
  const { insert, random, company, next } = scene;
  const currency = random.weighted(company.currencies.map((each, index) => [each, [7, 2, 1, 1][index] ?? 1] as const));
  const customer: Customer = {
    id: 4000 + next('customer'),
    currencyId: currency.id,
    term: random.pick(company.terms),
    slowness: random.next() ** 3,
  };
  const stamp = atNoon(billed.since);
  insert('ns_customer', {
    id: customer.id,
    entity_id: `CUST${customer.id}`,
    external_id: externalId,
    company_name: nameInErp(random, billed.called),
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

  if (random.chance(0.65)) writeSubscription(scene, customer, billed);
  for (const deal of billed.deals) {
    if (deal.isWon && !random.chance(forgottenShare)) writeSale(scene, customer, billed, deal);
  }
  if (random.chance(0.2)) writeSale(scene, customer, billed);
}

/** One order, billed on the day it came in; without a deal it came by phone. */
function writeSale(scene: Scene, customer: Customer, billed: Billed, deal?: Deal) {
  const { random, today, company } = scene;
  const date = deal
    ? ([addDays(deal.closeDate, random.int(0, 4)), today].sort()[0] as string)
    : company.season(random, billed.since, addDays(today, -1));
  const order = writeOrder(scene, customer, { date, scale: billed.scale, recurring: null, ...(deal && { deal }) });
  writeInvoice(scene, customer, order, date);
}

function writeSubscription(scene: Scene, customer: Customer, billed: Billed) {
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
  const first = billed.since > start ? billed.since : start;
  for (let month = 0; monthStart(first, month) <= today; month += periodMonths[recurring]) {
    const date = month === 0 ? first : monthStart(first, month);
    if (date > today || date > end) break;
    writeInvoice(scene, customer, order, date);
  }
}
