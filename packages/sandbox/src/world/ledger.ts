import type { Company } from './company.ts';
import { historyMonths } from './company.ts';
import { addDays, monthStart } from './dates.ts';
import type { Flow } from './erp.ts';
import type { Insert } from './inserts.ts';
import { writeTransaction } from './transactions.ts';

const cogsPercent = 24;

/** Books every flow, the capital at the start and each month's hosting and payroll into the general ledger. */
export function writeLedger(insert: Insert, today: string, company: Company, flows: Flow[]) {
  const { accounts } = company;
  const post = (transactionId: number, postings: [account: number, amount: number][]) => {
    postings.forEach(([account_id, amount], line) => {
      insert('ns_posting', { transaction_id: transactionId, line, account_id, amount });
    });
  };

  for (const { kind, transactionId, amount, recurring } of flows) {
    const income = recurring ? accounts.subscriptions : accounts.services;
    const cogs = Math.round((amount * cogsPercent) / 100);
    if (kind === 'invoice') {
      post(transactionId, [
        [accounts.receivable, amount],
        [income, -amount],
        [accounts.cogs, cogs],
        [accounts.accrued, -cogs],
      ]);
    } else if (kind === 'payment') {
      post(transactionId, [
        [accounts.bank, amount],
        [accounts.receivable, -amount],
      ]);
    } else {
      post(transactionId, [
        [income, amount],
        [accounts.receivable, -amount],
      ]);
    }
  }

  const collected = flows.reduce((sum, flow) => sum + (flow.kind === 'payment' ? flow.amount : 0), 0);
  const monthly = Math.round(collected / historyMonths);
  let id = 10_000;
  const journal = (date: string, memo: string, postings: [number, number][]) => {
    id += 1;
    writeTransaction(insert, {
      id,
      type: 'Journal',
      tran_id: `JE${id}`,
      customer_id: null,
      tran_date: date,
      due_date: null,
      status: 'B',
      currency_id: 1,
      exchange_rate: '1',
      term_id: null,
      period_id: company.period(date),
      posting: 1,
      memo,
      total: Math.abs(postings[0]?.[1] ?? 0),
    });
    post(id, postings);
  };

  const capital = monthly * 14;
  journal(company.firstDay, 'Opening balance', [
    [accounts.bank, capital],
    [accounts.equity, -capital],
  ]);
  for (let month = 0; month < historyMonths; month += 1) {
    const date = addDays(monthStart(company.firstDay, month + 1), -1);
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
