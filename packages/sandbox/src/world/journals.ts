import type { Books } from './books.ts';
import { cogsPercent } from './books.ts';
import type { Company } from './company.ts';
import { historyMonths } from './company.ts';
import { addDays, monthStart } from './dates.ts';
import type { Insert } from './inserts.ts';
import { writeTransaction } from './transactions.ts';

/** Books the capital at the start and each month's hosting and payroll, sized by what customers paid. */
export function writeJournals(insert: Insert, today: string, { accounts, firstDay, period }: Company, books: Books) {
  const monthly = Math.round(books.collected() / historyMonths);
  let id = 10_000;
  const journal = (date: string, memo: string, postings: [number, number][]) => {
    id += 1;
    writeTransaction(insert, {
      id,
      type: 'Journal',
      tran_id: `JE${id}`,
      tran_date: date,
      status: 'B',
      currency_id: 1,
      exchange_rate: '1',
      period_id: period(date),
      posting: 1,
      memo,
      total: Math.abs(postings[0]?.[1] ?? 0),
    });
    books.post(id, postings);
  };

  const capital = monthly * 14;
  journal(firstDay, 'Opening balance', [
    [accounts.bank, capital],
    [accounts.equity, -capital],
  ]);
  for (let month = 0; month < historyMonths; month += 1) {
    const date = addDays(monthStart(firstDay, month + 1), -1);
    if (date > today) break;
    const hosting = Math.round((monthly * cogsPercent) / 100);
    const payroll = Math.round((monthly * (60 + month * 7)) / 100);
    journal(date, 'Hosting paid', [
      [accounts.bank, -hosting],
      [accounts.accrued, hosting],
    ]);
    journal(date, 'Payroll funding', [
      [accounts.payrollBank, payroll],
      [accounts.bank, -payroll],
    ]);
    journal(date, 'Payroll and office', [
      [accounts.payrollBank, -payroll],
      [accounts.payroll, payroll],
    ]);
  }
}
