import { decimal, sumDecimals } from '@customer360/kit/decimal';
import type { Ledger, RecurringSum } from '../src/model.ts';

const amountNames = new Set([
  'creditLimit',
  'openBalance',
  'overdueBalance',
  'lifetimeValue',
  'total',
  'remaining',
  'cash',
  'amount',
  'exchangeRate',
  'weekly',
  'monthly',
  'quarterly',
  'annually',
]);

/** A result as a value: amounts in one spelling, lists in one order, sums of the same thing added up. */
export function comparable(result: unknown): unknown {
  if (isLedger(result)) return { cash: spelled(result.cash), sums: added(result.sums, ['amount']) };
  if (Array.isArray(result) && result.every(isRecurring)) {
    return added(
      result.map((sum) => ({ ...sum, exchangeRate: spelled(sum.exchangeRate) })),
      ['weekly', 'monthly', 'quarterly', 'annually'],
    );
  }
  return plain(result);
}

const spelled = (amount: unknown) => decimal(String(amount)).toFixed();
const isLedger = (value: unknown): value is Ledger => typeof value === 'object' && value !== null && 'sums' in value;
const isRecurring = (value: object): value is RecurringSum => 'annually' in value;

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, held]) => [name, amountNames.has(name) && held !== null ? spelled(held) : plain(held)]),
  );
}

/** Rows that agree in everything but some amounts, as one row of the sums. */
function added<Row extends object>(rows: readonly Row[], amounts: readonly (keyof Row & string)[]): unknown {
  const rest = (row: Row) => Object.entries(row).filter(([name]) => !amounts.includes(name as keyof Row & string));
  const groups = Map.groupBy(rows, (row) => JSON.stringify(rest(row).sort()));
  return [...groups]
    .map(([key, group]) => ({
      key,
      ...Object.fromEntries(
        amounts.map((name) => [name, sumDecimals(group.map((row) => String(row[name]))).toFixed()]),
      ),
    }))
    .filter((row) => amounts.some((name) => row[name as keyof typeof row] !== '0'))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
