import type { DatabaseSync } from 'node:sqlite';
import type { WritableType } from '../writing/types.ts';

/**
 * What one record adds to the company's figures, as exact decimal text in base currency. The first four are its
 * postings to accounts of that kind, debit positive, so they add up as SuiteQL's `SUM(tal.amount)` does. The last is
 * what a sales order that runs today bills in a year of 52 weeks, at its own exchange rate and not rounded. A kind that
 * a record has nothing of is `0.00`: the difference of two records' amounts is always the change of the figures.
 */
export interface Amounts {
  bank: string;
  receivable: string;
  income: string;
  cogs: string;
  annualRecurring: string;
}

const kinds: Record<string, keyof Amounts> = {
  Bank: 'bank',
  AcctRec: 'receivable',
  Income: 'income',
  COGS: 'cogs',
};

export const noAmounts: Amounts = {
  bank: '0.00',
  receivable: '0.00',
  income: '0.00',
  cogs: '0.00',
  annualRecurring: '0.00',
};

/** Reads what a record adds to the figures now. */
export function createAmountReader(db: DatabaseSync, today: string) {
  const posted = db.prepare(
    `SELECT a.type, SUM(p.amount) AS cents FROM ns_posting p JOIN ns_account a ON a.id = p.account_id
     WHERE p.transaction_id = ? GROUP BY a.type`,
  );
  const recurring = db.prepare(
    `SELECT recur_weekly * 52 + recur_monthly * 12 + recur_quarterly * 4 + recur_annually AS cents, exchange_rate AS rate
     FROM ns_transaction WHERE id = ?1 AND type = 'SalesOrd' AND status NOT IN ('A', 'C', 'H')
       AND start_date <= ?2 AND (end_date IS NULL OR end_date >= ?2)`,
  );

  return ({ table }: WritableType, id: number): Amounts => {
    if (table !== 'ns_transaction') return noAmounts;
    const amounts = { ...noAmounts };
    for (const { type, cents } of posted.all(id)) {
      const kind = kinds[String(type)];
      if (kind) amounts[kind] = toText(BigInt(Number(cents)), 2);
    }
    const order = recurring.get(id, today);
    if (order) amounts.annualRecurring = timesRate(Number(order.cents), String(order.rate));
    return amounts;
  };
}

function timesRate(cents: number, rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  return toText(BigInt(cents) * BigInt(whole + fraction), 2 + fraction.length);
}

/** `units` divided by ten to the power of `scale`, with two decimals or as many as it needs. */
function toText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = digits.slice(point);
  const needed = Math.max(2, fraction.replace(/0+$/, '').length);
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}.${fraction.slice(0, needed)}`;
}
