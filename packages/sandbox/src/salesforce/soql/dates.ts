import { addDays, monthStart } from '../../world/dates.ts';
import { fiscalQuarterStart, fiscalYearStart } from '../../world/fiscal.ts';
import { malformedQuery } from '../errors.ts';

/** From `start` (included) to `end` (excluded), both dates. */
export interface DateRange {
  start: string;
  end: string;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** The first day of the unit that lies `offset` units after the one around `today`. Weeks start on Sunday. */
function unitStart(today: string, unit: Unit, offset: number, fiscal: boolean): string {
  const month = Number(today.slice(5, 7)) - 1;
  switch (unit) {
    case 'DAY':
      return addDays(today, offset);
    case 'WEEK':
      return addDays(today, offset * 7 - new Date(today).getUTCDay());
    case 'MONTH':
      return monthStart(today, offset);
    case 'QUARTER':
      return fiscal ? fiscalQuarterStart(today, offset) : monthStart(today, offset * 3 - (month % 3));
    case 'YEAR':
      return fiscal ? fiscalYearStart(today, offset) : monthStart(today, offset * 12 - month);
  }
}

/** What a date literal such as `TODAY`, `LAST_MONTH` or `LAST_N_DAYS:30` covers. */
export function literalRange(literal: string, today: string): DateRange {
  const [word, count] = literal.toUpperCase().replace('FISCAL_', '').split(':') as [string, string?];
  const fiscal = literal.toUpperCase().includes('FISCAL_');
  const range = (unit: Unit, from: number, to: number) => ({
    start: unitStart(today, unit, from, fiscal),
    end: unitStart(today, unit, to + 1, fiscal),
  });
  if (word === 'YESTERDAY') return range('DAY', -1, -1);
  if (word === 'TODAY') return range('DAY', 0, 0);
  if (word === 'TOMORROW') return range('DAY', 1, 1);
  if (word === 'LAST_90_DAYS') return range('DAY', -90, 0);
  if (word === 'NEXT_90_DAYS') return range('DAY', 1, 90);

  const single = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(word);
  if (single) {
    const offset = { LAST: -1, THIS: 0, NEXT: 1 }[single[1] as 'LAST' | 'THIS' | 'NEXT'];
    return range(single[2] as Unit, offset, offset);
  }
  const many = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/.exec(word);
  const n = Number(count);
  if (!many || !Number.isInteger(n) || n < 0) throw malformedQuery(`unexpected token: '${literal}'`);
  if (many[3]) return range(many[3] as Unit, -n, -n);
  const unit = many[2] as Unit;
  if (many[1] === 'NEXT') return range(unit, 1, n);
  // Days count up to now; longer units stop before the current one.
  return range(unit, -n, unit === 'DAY' ? 0 : -1);
}
