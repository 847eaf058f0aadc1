import { addDays, monthStart } from '../../world/dates.ts';
import { fiscalQuarterStart, fiscalYearStart } from '../../world/fiscal.ts';

type Range = [from: string, to: string];

const monthEnd = (start: string) => addDays(monthStart(start, 1), -1);
const weekStart = (date: string) => addDays(date, -new Date(date).getUTCDay());
const yearStart = (date: string) => `${date.slice(0, 4)}-01-01`;
const quarter = (start: string): Range => [start, addDays(monthStart(start, 3), -1)];
const year = (start: string): Range => [start, addDays(monthStart(start, 12), -1)];
const month = (start: string): Range => [start, monthEnd(start)];
const week = (start: string): Range => [start, addDays(start, 6)];
const one = (date: string): Range => [date, date];

/** The predefined search dates that are modelled: each is a range of days. */
const ranges: Record<string, (today: string) => Range> = {
  today: one,
  yesterday: (today) => one(addDays(today, -1)),
  tomorrow: (today) => one(addDays(today, 1)),
  twoDaysAgo: (today) => one(addDays(today, -2)),
  threeDaysAgo: (today) => one(addDays(today, -3)),
  tenDaysAgo: (today) => one(addDays(today, -10)),
  thirtyDaysAgo: (today) => one(addDays(today, -30)),
  sixtyDaysAgo: (today) => one(addDays(today, -60)),
  ninetyDaysAgo: (today) => one(addDays(today, -90)),
  thirtyDaysFromNow: (today) => one(addDays(today, 30)),
  thisWeek: (today) => week(weekStart(today)),
  thisWeekToDate: (today) => [weekStart(today), today],
  lastWeek: (today) => week(addDays(weekStart(today), -7)),
  nextWeek: (today) => week(addDays(weekStart(today), 7)),
  thisMonth: (today) => month(monthStart(today)),
  thisMonthToDate: (today) => [monthStart(today), today],
  lastMonth: (today) => month(monthStart(today, -1)),
  nextMonth: (today) => month(monthStart(today, 1)),
  monthBeforeLast: (today) => month(monthStart(today, -2)),
  thisFiscalQuarter: (today) => quarter(fiscalQuarterStart(today)),
  thisFiscalQuarterToDate: (today) => [fiscalQuarterStart(today), today],
  lastFiscalQuarter: (today) => quarter(fiscalQuarterStart(today, -1)),
  nextFiscalQuarter: (today) => quarter(fiscalQuarterStart(today, 1)),
  thisFiscalYear: (today) => year(fiscalYearStart(today)),
  thisFiscalYearToDate: (today) => [fiscalYearStart(today), today],
  thisYear: (today) => year(yearStart(today)),
  lastFiscalYear: (today) => year(fiscalYearStart(today, -1)),
  nextFiscalYear: (today) => year(fiscalYearStart(today, 1)),
  startOfThisWeek: (today) => one(weekStart(today)),
  startOfThisMonth: (today) => one(monthStart(today)),
  startOfLastMonth: (today) => one(monthStart(today, -1)),
  startOfThisFiscalQuarter: (today) => one(fiscalQuarterStart(today)),
  startOfThisFiscalYear: (today) => one(fiscalYearStart(today)),
  startOfThisYear: (today) => one(yearStart(today)),
  previousOneWeek: (today) => [addDays(today, -7), addDays(today, -1)],
  previousOneMonth: (today) => [addDays(today, -30), addDays(today, -1)],
  previousOneQuarter: (today) => [addDays(today, -90), addDays(today, -1)],
  previousOneYear: (today) => [addDays(today, -365), addDays(today, -1)],
};

/** The days of a predefined search date; null for a name that is not modelled. */
export function readNamedDate(name: string, today: string): Range | null {
  return Object.hasOwn(ranges, name) ? (ranges[name]?.(today) ?? null) : null;
}
