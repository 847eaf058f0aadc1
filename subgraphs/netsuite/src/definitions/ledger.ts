import type { Decimal } from '@customer360/kit/decimal';
import { decimal, roundDecimal, sumDecimals } from '@customer360/kit/decimal';
import type { Ledger, LedgerSum } from '../model.ts';
import { monthStart } from './calendar.ts';

const marginMonths = 12;
const burnMonths = 3;

/** Gross margin in percent over the twelve full months before the month of `today`; null without income. */
export function grossMargin({ sums }: Ledger, today: string): Decimal | null {
  const months = lastFullMonths(sums, today, marginMonths);
  // Income is credited, so it is negative in the ledger; costs are positive.
  const income = total(months, 'income').times(-1);
  if (income.eq(0)) return null;
  return roundDecimal(income.minus(total(months, 'cogs')).div(income).times(100));
}

/** Average monthly cash decrease over the last three full months, in base currency. */
export function burnRate({ sums }: Ledger, today: string): Decimal {
  const change = total(lastFullMonths(sums, today, burnMonths), 'bank');
  return roundDecimal(change.times(-1).div(burnMonths));
}

export function cashOnHand({ cash }: Ledger): Decimal {
  return decimal(cash);
}

function lastFullMonths(sums: readonly LedgerSum[], today: string, months: number): LedgerSum[] {
  const from = monthStart(today, -months);
  const to = monthStart(today);
  return sums.filter(({ periodStart }) => periodStart >= from && periodStart < to);
}

function total(sums: readonly LedgerSum[], account: LedgerSum['account']): Decimal {
  return sumDecimals(sums.filter((sum) => sum.account === account).map(({ amount }) => amount));
}
