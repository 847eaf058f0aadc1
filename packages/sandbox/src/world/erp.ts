import { atNoon } from './company.ts';
import type { Scene } from './customers.ts';
import { addDays, daysBetween, monthStart } from './dates.ts';

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

interface Customer {
  id: number;
  name: string;
  currencyId: number;
  rateMillionths: number;
  term: { id: number; days: number };
  /** 0 pays early, 1 pays late. */
  slowness: number;
}

interface Order {
  id: number;
  lines: { itemId: number; quantity: number; rate: number; amount: number }[];
  total: number;
  recurring: boolean;
}

const periodMonths = { recur_monthly: 1, recur_quarterly: 3, recur_annually: 12 } as const;

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

function writeOrder(
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

function writeInvoice(scene: Scene, customer: Customer, order: Order, date: string): Flow[] {
  const { insert, random, company, today, next } = scene;
  const id = 20_000 + next('transaction');
  const dueDate = addDays(date, customer.term.days);
  const payDate = addDays(dueDate, Math.round(customer.slowness * 60) - 8 + random.int(-4, 4));
  const settled = payDate <= today && payDate > date;
  const share = !settled ? 0 : random.chance(0.04) ? 40 : 100;
  const paid = Math.floor((order.total * share) / 100);
  const unpaid = order.total - paid;
  const base = (amount: number) => toBase(amount, customer.rateMillionths);

  writeTransaction(insert, {
    id,
    type: 'CustInvc',
    tran_id: `INV${id}`,
    customer_id: customer.id,
    tran_date: date,
    due_date: dueDate,
    status: unpaid === 0 ? 'B' : 'A',
    currency_id: customer.currencyId,
    exchange_rate: String(customer.rateMillionths / 1e6),
    term_id: customer.term.id,
    period_id: company.period(date),
    posting: 1,
    total: order.total,
    paid,
    unpaid,
    created_from: order.id,
    closed_at: unpaid === 0 ? atNoon(payDate) : null,
  });
  writeLines(insert, id, company.accounts.receivable, order.lines, order.total);
  const flows: Flow[] = [
    { kind: 'invoice', transactionId: id, date, amount: base(order.total), recurring: order.recurring },
  ];

  if (paid > 0) {
    const paymentId = 20_000 + next('transaction');
    // Some customers pay a little too much; the rest waits, unapplied.
    const extra = random.chance(0.01) ? 5_000 : 0;
    writeTransaction(insert, {
      id: paymentId,
      type: 'CustPymt',
      tran_id: `PAY${paymentId}`,
      customer_id: customer.id,
      tran_date: payDate,
      due_date: null,
      status: 'C',
      currency_id: customer.currencyId,
      exchange_rate: String(customer.rateMillionths / 1e6),
      term_id: null,
      period_id: company.period(payDate),
      posting: 1,
      total: paid + extra,
      unapplied: extra,
    });
    insert('ns_applied', { payment_id: paymentId, invoice_id: id, amount: paid });
    flows.push({
      kind: 'payment',
      transactionId: paymentId,
      date: payDate,
      amount: base(paid + extra),
      recurring: false,
    });
  }
  if (random.chance(0.02)) {
    const creditId = 20_000 + next('transaction');
    const creditDate = addDays(date, 5) <= today ? addDays(date, 5) : date;
    const amount = Math.floor(order.total / 20);
    writeTransaction(insert, {
      id: creditId,
      type: 'CustCred',
      tran_id: `CM${creditId}`,
      customer_id: customer.id,
      tran_date: creditDate,
      due_date: null,
      status: 'A',
      currency_id: customer.currencyId,
      exchange_rate: String(customer.rateMillionths / 1e6),
      term_id: null,
      period_id: company.period(creditDate),
      posting: 1,
      total: amount,
      unapplied: amount,
      created_from: id,
    });
    flows.push({
      kind: 'credit',
      transactionId: creditId,
      date: creditDate,
      amount: base(amount),
      recurring: order.recurring,
    });
  }
  return flows;
}

const blank = {
  external_id: null,
  memo: null,
  paid: 0,
  unpaid: 0,
  unapplied: 0,
  start_date: null,
  end_date: null,
  one_time: 0,
  recur_weekly: 0,
  recur_monthly: 0,
  recur_quarterly: 0,
  recur_annually: 0,
  created_from: null,
  subsidiary_id: 1,
  closed_at: null,
};

/** Inserts a transaction; what is left out is empty. */
export function writeTransaction(
  insert: Scene['insert'],
  row: Record<string, string | number | null> & { tran_date: string },
) {
  const stamp = atNoon(row.tran_date);
  insert('ns_transaction', {
    ...blank,
    created_at: stamp,
    modified_at: (row.closed_at as string | null | undefined) ?? stamp,
    ...row,
  });
}

function writeLines(
  insert: Scene['insert'],
  transactionId: number,
  accountId: number | null,
  lines: Order['lines'],
  total: number,
) {
  insert('ns_transaction_line', {
    transaction_id: transactionId,
    line: 0,
    item_id: null,
    account_id: accountId,
    description: null,
    quantity: null,
    rate: null,
    amount: total,
  });
  lines.forEach((line, index) => {
    insert('ns_transaction_line', {
      transaction_id: transactionId,
      line: index + 1,
      item_id: line.itemId,
      account_id: null,
      description: null,
      quantity: line.quantity,
      rate: line.rate,
      amount: line.amount,
    });
  });
}

/** Base currency minor units, rounded half away from zero. */
function toBase(amount: number, rateMillionths: number): number {
  return Math.round((amount * rateMillionths) / 1_000_000);
}
