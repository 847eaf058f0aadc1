import { addDays, monthStart } from './dates.ts';
import { fiscalQuarter, fiscalQuarterStart, fiscalYear, fiscalYearStart } from './fiscal.ts';
import type { Insert } from './inserts.ts';

const firstQuarterId = 101;
const firstYearId = 201;

/** Writes months, each inside its fiscal quarter and that inside its fiscal year, and gives the month of a date. */
export function writePeriods(insert: Insert, firstDay: string, today: string): (date: string) => number {
  const years = new Map<string, number>();
  const quarters = new Map<string, number>();
  const months = new Map<string, number>();

  for (let start = fiscalYearStart(firstDay); start <= today; start = fiscalYearStart(start, 1)) {
    const id = firstYearId + years.size;
    years.set(start, id);
    write(insert, { id, name: `FY ${fiscalYear(start)}`, start, months: 12, parent: null, today });
  }
  for (let start = fiscalQuarterStart(firstDay); start <= today; start = fiscalQuarterStart(start, 1)) {
    const id = firstQuarterId + quarters.size;
    quarters.set(start, id);
    const parent = years.get(fiscalYearStart(start)) ?? null;
    write(insert, { id, name: `Q${fiscalQuarter(start)} ${fiscalYear(start)}`, start, months: 3, parent, today });
  }
  for (let start = firstDay; start <= today; start = monthStart(start, 1)) {
    const id = months.size + 1;
    months.set(start.slice(0, 7), id);
    const name = new Date(start).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
    const parent = quarters.get(fiscalQuarterStart(start)) ?? null;
    write(insert, { id, name, start, months: 1, parent, today });
  }
  return (date) => months.get(date.slice(0, 7)) ?? 1;
}

interface Period {
  id: number;
  name: string;
  start: string;
  months: 1 | 3 | 12;
  parent: number | null;
  today: string;
}

function write(insert: Insert, { id, name, start, months, parent, today }: Period) {
  insert('ns_period', {
    id,
    name,
    start_date: start,
    end_date: addDays(monthStart(start, months), -1),
    is_quarter: months === 3 ? 1 : 0,
    is_year: months === 12 ? 1 : 0,
    parent_id: parent,
    // The month before the current one is still being closed.
    is_closed: monthStart(start, months) < monthStart(today) ? 1 : 0,
  });
}
