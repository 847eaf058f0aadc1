import { instant } from './dates.ts';
import type { Insert } from './inserts.ts';

export interface Line {
  itemId: number;
  quantity: number;
  rate: number;
  amount: number;
}

const blank = {
  external_id: null,
  customer_id: null,
  due_date: null,
  term_id: null,
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
  vendor_id: null,
};

export const atNoon = (date: string) => instant(date, 43_200);

/** Inserts a transaction; what is left out is empty. */
export function writeTransaction(
  insert: Insert,
  row: Record<string, string | number | null> & { tran_date: string },
): void {
  const stamp = atNoon(row.tran_date);
  insert('ns_transaction', {
    ...blank,
    created_at: stamp,
    modified_at: (row.closed_at as string | null | undefined) ?? stamp,
    ...row,
  });
}

/** Inserts the main line and one line for each item. */
export function writeLines(
  insert: Insert,
  transactionId: number,
  accountId: number | null,
  lines: Line[],
  total: number,
): void {
  const base = { transaction_id: transactionId, item_id: null, description: null, quantity: null, rate: null };
  insert('ns_transaction_line', { ...base, line: 0, account_id: accountId, amount: total });
  lines.forEach(({ itemId, quantity, rate, amount }, index) => {
    insert('ns_transaction_line', {
      ...base,
      line: index + 1,
      account_id: null,
      item_id: itemId,
      quantity,
      rate,
      amount,
    });
  });
}

/** Base currency minor units, rounded half away from zero. */
export function toBase(amount: number, rateMillionths: number): number {
  return Math.round((amount * rateMillionths) / 1_000_000);
}
