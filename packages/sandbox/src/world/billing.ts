import { addDays } from './dates.ts';
import type { Customer, Order } from './erp.ts';
import { printRate } from './rates.ts';
import type { Scene } from './scene.ts';
import { atNoon, toBase, writeLines, writeTransaction } from './transactions.ts';

/** How much of an invoice was paid, credited and is left. */
interface Settlement {
  payments: { date: string; amount: number; extra: number }[];
  credit: { date: string; amount: number; applied: number } | null;
  unpaid: number;
}

/** An invoice that is being settled: each part that is taken off it frees what the ledger booked for that part. */
interface Open {
  id: number;
  relieve(amount: number): number;
}

/** Writes an invoice with the payments and credits that settled it. */
export function writeInvoice(scene: Scene, customer: Customer, order: Order, date: string): void {
  const { insert, company, books, next } = scene;
  const id = 20_000 + next('transaction');
  const dueDate = addDays(date, order.term.days);
  const settlement = settle(scene, customer, order.total, date, dueDate);
  const { payments, credit, unpaid } = settlement;
  const closed = unpaid === 0 ? (payments.at(-1)?.date ?? credit?.date ?? date) : null;

  writeTransaction(insert, {
    ...common(scene, customer, date),
    id,
    type: 'CustInvc',
    tran_id: `INV${id}`,
    due_date: dueDate,
    status: unpaid === 0 ? 'B' : 'A',
    term_id: order.term.id,
    total: order.total,
    paid: order.total - unpaid,
    unpaid,
    created_from: order.id,
    closed_at: closed && atNoon(closed),
  });
  writeLines(insert, id, company.accounts.receivable, order.lines, order.total);
  const rate = company.rate(customer.currencyId, date);
  books.invoice({ id, base: toBase(order.total, rate), recurring: order.recurring });
  let left = order.total;
  const open: Open = {
    id,
    relieve(amount) {
      const before = toBase(left, rate);
      left -= amount;
      return before - toBase(left, rate);
    },
  };
  for (const payment of payments) writePayment(scene, customer, open, payment);
  if (credit) writeCredit(scene, customer, order, open, credit);
}

function settle({ random, today }: Scene, customer: Customer, total: number, date: string, due: string): Settlement {
  const payDate = addDays(due, Math.round(customer.slowness * 60) - 8 + random.int(-4, 4));
  const settled = payDate <= today && payDate > date;
  const credit = random.chance(0.03) ? Math.floor(total / 20) : 0;
  const applied = credit > 0 && random.chance(0.5) ? credit : 0;
  const wanted = total - applied;
  const paid = !settled ? 0 : random.chance(0.04) ? Math.floor((wanted * 40) / 100) : wanted;
  // Some customers pay a little too much; the rest waits, unapplied.
  const extra = paid > 0 && random.chance(0.01) ? 5_000 : 0;
  const inTwo = paid > 1 && random.chance(0.06);
  const first = inTwo ? Math.floor(paid / 2) : paid;
  const secondDate = addDays(payDate, 7) <= today ? addDays(payDate, 7) : payDate;
  return {
    payments: [
      ...(first > 0 ? [{ date: payDate, amount: first, extra: inTwo ? 0 : extra }] : []),
      ...(inTwo ? [{ date: secondDate, amount: paid - first, extra }] : []),
    ],
    credit: credit > 0 ? { date: addDays(date, 5) <= today ? addDays(date, 5) : date, amount: credit, applied } : null,
    unpaid: wanted - paid,
  };
}

function writePayment(
  scene: Scene,
  customer: Customer,
  invoice: Open,
  { date, amount, extra }: Settlement['payments'][number],
) {
  const { insert, company, books, next } = scene;
  const id = 20_000 + next('transaction');
  writeTransaction(insert, {
    ...common(scene, customer, date),
    id,
    type: 'CustPymt',
    tran_id: `PAY${id}`,
    status: 'C',
    total: amount + extra,
    unapplied: extra,
  });
  insert('ns_applied', { payment_id: id, invoice_id: invoice.id, amount });
  const rate = company.rate(customer.currencyId, date);
  const relieved = invoice.relieve(amount) + toBase(extra, rate);
  books.payment({ id, base: toBase(amount + extra, rate), relieved });
}

/** A credit memo; some follow from a return that was authorised first. */
function writeCredit(
  scene: Scene,
  customer: Customer,
  order: Order,
  invoice: Open,
  { date, amount, applied }: NonNullable<Settlement['credit']>,
) {
  const { insert, random, company, books, next } = scene;
  const line = { itemId: order.lines[0]?.itemId ?? 101, quantity: 1, rate: amount, amount };
  const returnId = random.chance(0.5) ? writeReturn(scene, customer, invoice.id, date, line) : null;
  const id = 20_000 + next('transaction');
  writeTransaction(insert, {
    ...common(scene, customer, date),
    id,
    type: 'CustCred',
    tran_id: `CM${id}`,
    status: applied === amount ? 'B' : 'A',
    total: amount,
    unapplied: amount - applied,
    created_from: returnId ?? invoice.id,
    closed_at: applied === amount ? atNoon(date) : null,
  });
  writeLines(insert, id, company.accounts.receivable, [line], amount);
  if (applied > 0) insert('ns_applied', { payment_id: id, invoice_id: invoice.id, amount: applied });
  const rate = company.rate(customer.currencyId, date);
  const relieved = invoice.relieve(applied) + toBase(amount - applied, rate);
  books.credit({ id, base: toBase(amount, rate), relieved, recurring: order.recurring });
}

function writeReturn(scene: Scene, customer: Customer, invoiceId: number, date: string, line: Order['lines'][number]) {
  const id = 20_000 + scene.next('transaction');
  writeTransaction(scene.insert, {
    ...common(scene, customer, date),
    id,
    type: 'RtnAuth',
    tran_id: `RMA${id}`,
    status: 'G',
    posting: 0,
    total: line.amount,
    created_from: invoiceId,
    closed_at: atNoon(date),
  });
  writeLines(scene.insert, id, null, [line], line.amount);
  return id;
}

const common = ({ company }: Scene, customer: Customer, date: string) => ({
  customer_id: customer.id,
  tran_date: date,
  currency_id: customer.currencyId,
  exchange_rate: printRate(company.rate(customer.currencyId, date)),
  period_id: company.period(date),
  posting: 1,
});
