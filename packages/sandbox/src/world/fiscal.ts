import { monthStart } from './dates.ts';

/** The fiscal year starts in February and bears the number of the calendar year that it ends in. */
export const fiscalStartMonth = 2;

const monthsIn = (date: string) => (Number(date.slice(5, 7)) - fiscalStartMonth + 12) % 12;

/** The first day of the fiscal year that lies `years` after the one around `date`. */
export function fiscalYearStart(date: string, years = 0): string {
  return monthStart(date, years * 12 - monthsIn(date));
}

/** The first day of the fiscal quarter that lies `quarters` after the one around `date`. */
export function fiscalQuarterStart(date: string, quarters = 0): string {
  return monthStart(date, quarters * 3 - (monthsIn(date) % 3));
}

/** The number of the fiscal year around a date. */
export function fiscalYear(date: string): number {
  return Number(monthStart(fiscalYearStart(date), 11).slice(0, 4));
}

/** The fiscal quarter around a date, 1 to 4. */
export function fiscalQuarter(date: string): number {
  return Math.floor(monthsIn(date) / 3) + 1;
}

const year = (date: string) => `CAST(substr(${date}, 1, 4) AS INTEGER)`;
const month = (date: string) => `CAST(substr(${date}, 6, 2) AS INTEGER)`;

/** The same for a date or an instant in SQL. */
export const fiscalSql = {
  year: (date: string) => `(${year(date)} + (${month(date)} >= ${fiscalStartMonth}))`,
  quarter: (date: string) => `((${month(date)} + ${12 - fiscalStartMonth}) % 12 / 3 + 1)`,
  /** 1 for the month that the year starts with. */
  month: (date: string) => `((${month(date)} + ${12 - fiscalStartMonth}) % 12 + 1)`,
};
