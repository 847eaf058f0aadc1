import { addDays, daysBetween } from './dates.ts';
import type { Insert } from './inserts.ts';
import type { Streams } from './random.ts';

export interface Currency {
  id: number;
  symbol: string;
  name: string;
  /** Base units for one foreign unit today, in millionths. */
  rateMillionths: number;
}

/** The rate of a currency on a day, in millionths. */
export type Rates = (currencyId: number, date: string) => number;

export const currencies: Currency[] = [
  { id: 1, symbol: 'USD', name: 'US Dollar', rateMillionths: 1_000_000 },
  { id: 2, symbol: 'EUR', name: 'Euro', rateMillionths: 1_085_000 },
  { id: 3, symbol: 'GBP', name: 'British Pound', rateMillionths: 1_270_000 },
  { id: 4, symbol: 'CAD', name: 'Canadian Dollar', rateMillionths: 730_000 },
  { id: 5, symbol: 'AUD', name: 'Australian Dollar', rateMillionths: 652_500 },
  { id: 6, symbol: 'CHF', name: 'Swiss Franc', rateMillionths: 1_132_750 },
];
/** The largest change from one working day to the next. */
const dailyMove = 0.008;

export const printRate = (rateMillionths: number) => String(rateMillionths / 1e6);

/** Writes every currency with its rate of today, and the rate of each day since the first. */
export function writeRates(insert: Insert, streams: Streams, firstDay: string, today: string): Rates {
  const days = daysBetween(firstDay, today);
  const dates = Array.from({ length: days + 1 }, (_, day) => addDays(firstDay, day));
  const numbers = new Map(dates.map((date, day) => [date, day]));
  const byCurrency = new Map<number, number[]>();

  for (const { id, symbol, name, rateMillionths } of currencies) {
    insert('ns_currency', { id, symbol, name, exchange_rate: printRate(rateMillionths) });
    const random = streams('rates', id);
    const rates: number[] = [];
    // Backwards from today; banks publish nothing on Saturdays and Sundays, so those keep the rate of Friday.
    for (let day = days, rate = rateMillionths; day >= 0; day -= 1) {
      rates[day] = rate;
      const weekday = new Date(dates[day] as string).getUTCDay();
      if (id !== 1 && weekday !== 0 && weekday !== 6) {
        rate = Math.round((rate * (1 + (random.next() - 0.5) * 2 * dailyMove)) / 10) * 10;
      }
    }
    for (const [day, rate] of rates.entries()) {
      insert('ns_currency_rate', {
        currency_id: id,
        effective_on: dates[day] as string,
        exchange_rate: printRate(rate),
      });
    }
    byCurrency.set(id, rates);
  }
  return (currencyId, date) => byCurrency.get(currencyId)?.[numbers.get(date) ?? days] ?? 1_000_000;
}
