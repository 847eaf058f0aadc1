import type { Decimal } from '@customer360/kit/decimal';
import { decimal, roundDecimal, sumDecimals } from '@customer360/kit/decimal';
import type { RecurringSum } from '../model.ts';

/** Annual recurring revenue in base currency: what active subscriptions bill in a year of 52 weeks. */
export function annualRecurring(sums: readonly RecurringSum[]): Decimal {
  return roundDecimal(annual(sums));
}

/** Monthly recurring revenue in base currency: a twelfth of the unrounded year. */
export function monthlyRecurring(sums: readonly RecurringSum[]): Decimal {
  return roundDecimal(annual(sums).div(12));
}

/** Summed as a year, because weeks and quarters are whole in it: nothing is divided before the end. */
function annual(sums: readonly RecurringSum[]): Decimal {
  return sumDecimals(
    sums.map(({ exchangeRate, weekly, monthly, quarterly, annually }) =>
      sumDecimals([
        decimal(weekly).times(52),
        decimal(monthly).times(12),
        decimal(quarterly).times(4),
        decimal(annually),
      ]).times(decimal(exchangeRate)),
    ),
  );
}
