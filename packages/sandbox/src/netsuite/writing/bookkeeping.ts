import type { DatabaseSync } from 'node:sqlite';
import { toBase } from '../../world/transactions.ts';
import type { Application, ItemLine } from './totals.ts';

interface Posted {
  id: number;
  type: string;
  total: number;
  rateMillionths: number;
}

/** What a written transaction changes beside its own row: lines, ledger and the invoices it pays. */
export interface Bookkeeping {
  writeLines(id: number, account: number | null, lines: ItemLine[], total: number): void;
  /** Books a posting transaction anew; the postings of one always add up to nothing. */
  post(transaction: Posted, lines: ItemLine[]): void;
  apply(paymentId: number, applications: Application[], at: string): void;
  /** Takes back what a payment or credit paid. */
  unapply(paymentId: number, at: string): void;
  account(type: 'Bank' | 'AcctRec' | 'Income', name?: string): number;
}

export function createBookkeeping(db: DatabaseSync): Bookkeeping {
  const insertLine = db.prepare(
    `INSERT INTO ns_transaction_line (transaction_id, line, item_id, account_id, description, quantity, rate, amount)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPosting = db.prepare(
    'INSERT INTO ns_posting (transaction_id, line, account_id, amount) VALUES (?, ?, ?, ?)',
  );
  const settle = db.prepare(
    `UPDATE ns_transaction SET paid = paid + ?1, unpaid = unpaid - ?1, status = CASE WHEN unpaid = ?1 THEN 'B' ELSE 'A' END,
       closed_at = CASE WHEN unpaid = ?1 THEN ?2 END, modified_at = ?2 WHERE id = ?3`,
  );
  const account: Bookkeeping['account'] = (type, name = '%') =>
    Number(db.prepare('SELECT MIN(id) AS id FROM ns_account WHERE type = ? AND name LIKE ?').get(type, name)?.id);

  /** Where the revenue of each line goes, by what kind of item it sells. */
  const revenue = (lines: ItemLine[], total: number): Map<number, number> => {
    const shares = new Map<number, number>();
    for (const { itemId, amount } of lines) {
      const recurs = db.prepare('SELECT type FROM ns_item WHERE id = ?').get(itemId)?.type === 'Service';
      const income = account('Income', recurs ? 'Subscription%' : 'Services%');
      shares.set(income, (shares.get(income) ?? 0) + amount);
    }
    return shares.size > 0 ? shares : new Map([[account('Income'), total]]);
  };

  const postings = (
    { type, total, rateMillionths }: Posted,
    lines: ItemLine[],
  ): [account: number, amount: number][] => {
    const base = toBase(total, rateMillionths);
    const receivable = account('AcctRec');
    if (type === 'CustPymt') {
      return [
        [account('Bank'), base],
        [receivable, -base],
      ];
    }
    const sign = type === 'CustInvc' ? 1 : -1;
    const shares = [...revenue(lines, total)].map(([income, part]): [number, number] => [
      income,
      -sign * toBase(part, rateMillionths),
    ]);
    // Rounding each share may leave a cent over: the receivable takes it.
    const sum = shares.reduce((all, [, part]) => all + part, 0);
    return [[receivable, -sum], ...shares];
  };

  return {
    account,
    writeLines(id, mainAccount, lines, total) {
      db.prepare('DELETE FROM ns_transaction_line WHERE transaction_id = ?').run(id);
      insertLine.run(id, 0, null, mainAccount, null, null, null, total);
      lines.forEach(({ itemId, description, quantity, rate, amount }, index) => {
        insertLine.run(id, index + 1, itemId, null, description, quantity, rate, amount);
      });
    },
    post(transaction, lines) {
      db.prepare('DELETE FROM ns_posting WHERE transaction_id = ?').run(transaction.id);
      for (const [line, [to, amount]] of postings(transaction, lines).entries()) {
        insertPosting.run(transaction.id, line, to, amount);
      }
    },
    apply(paymentId, applications, at) {
      for (const { invoiceId, amount } of applications) {
        db.prepare('INSERT INTO ns_applied (payment_id, invoice_id, amount) VALUES (?, ?, ?)').run(
          paymentId,
          invoiceId,
          amount,
        );
        settle.run(amount, at, invoiceId);
      }
    },
    unapply(paymentId, at) {
      const rows = db.prepare('SELECT invoice_id, amount FROM ns_applied WHERE payment_id = ?').all(paymentId);
      db.prepare('DELETE FROM ns_applied WHERE payment_id = ?').run(paymentId);
      for (const { invoice_id, amount } of rows) settle.run(-Number(amount), at, Number(invoice_id));
    },
  };
}
