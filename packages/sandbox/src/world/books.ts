import type { Company } from './company.ts';
import type { Insert } from './inserts.ts';

type Posting = readonly [account: number, amount: number];

/** A document that takes from the receivable: `relieved` is what the invoices were booked at, `base` what it is worth. */
interface Relief {
  id: number;
  base: number;
  relieved: number;
}

/** The general ledger, in base currency minor units; debit positive. What one transaction posts adds up to nothing. */
export interface Books {
  post(transactionId: number, postings: readonly Posting[]): void;
  invoice(invoice: { id: number; base: number; recurring: boolean }): void;
  payment(payment: Relief): void;
  credit(credit: Relief & { recurring: boolean }): void;
  /** What all payments brought so far. */
  collected(): number;
}

/** What delivering costs, in percent of what is billed. */
export const cogsPercent = 24;

export function createBooks(insert: Insert, accounts: Company['accounts']): Books {
  let collected = 0;
  const post: Books['post'] = (transactionId, postings) => {
    let line = 0;
    for (const [account_id, amount] of postings) {
      if (amount === 0 && line > 1) continue;
      insert('ns_posting', { transaction_id: transactionId, line, account_id, amount });
      line += 1;
    }
  };
  const income = (recurring: boolean) => (recurring ? accounts.subscriptions : accounts.services);

  return {
    post,
    invoice({ id, base, recurring }) {
      const cogs = Math.round((base * cogsPercent) / 100);
      post(id, [
        [accounts.receivable, base],
        [income(recurring), -base],
        [accounts.cogs, cogs],
        [accounts.accrued, -cogs],
      ]);
    },
    payment({ id, base, relieved }) {
      collected += base;
      post(id, [
        [accounts.bank, base],
        [accounts.receivable, -relieved],
        [accounts.exchange, relieved - base],
      ]);
    },
    credit({ id, base, relieved, recurring }) {
      post(id, [
        [income(recurring), base],
        [accounts.receivable, -relieved],
        [accounts.exchange, relieved - base],
      ]);
    },
    collected: () => collected,
  };
}
