import { addDays, monthStart } from './dates.ts';
import type { Insert } from './inserts.ts';
import { writePeriods } from './periods.ts';
import { writePurchasing } from './purchasing.ts';
import type { Streams } from './random.ts';
import type { Currency, Rates } from './rates.ts';
import { currencies, writeRates } from './rates.ts';
import { salesforceId } from './salesforce-id.ts';
import type { Season } from './season.ts';
import { createSeason } from './season.ts';

/** What every customer shares: currencies, terms, items, ledger accounts, periods and the sales team. */
export interface Company {
  currencies: Currency[];
  terms: { id: number; days: number }[];
  items: { id: number; price: number; recurring: boolean }[];
  accounts: Record<
    | 'bank'
    | 'payrollBank'
    | 'receivable'
    | 'accrued'
    | 'subscriptions'
    | 'services'
    | 'cogs'
    | 'payroll'
    | 'equity'
    | 'exchange',
    number
  >;
  owners: string[];
  /** The accounting period of a date. */
  period(date: string): number;
  rate: Rates;
  season: Season;
  /** The first day that has a period. */
  firstDay: string;
}

/** How many months of history the world has before the current one. */
export const historyMonths = 18;

const terms = [15, 30, 45, 60].map((days, index) => ({ id: index + 1, days }));
const items = [
  { id: 101, name: 'Platform subscription', price: 120_000, recurring: true },
  { id: 102, name: 'Analytics add-on', price: 45_000, recurring: true },
  { id: 103, name: 'Premium support', price: 30_000, recurring: true },
  { id: 201, name: 'Implementation services', price: 950_000, recurring: false },
  { id: 202, name: 'Training day', price: 220_000, recurring: false },
];
/** What the company buys, never sells. */
const purchased = [
  { id: 301, name: 'Server rack space', price: 40_000 },
  { id: 302, name: 'Office equipment', price: 25_000 },
];
const ledger = [
  ['bank', 10, '1000', 'Operating account', 'Bank'],
  ['payrollBank', 11, '1010', 'Payroll account', 'Bank'],
  ['receivable', 12, '1100', 'Accounts receivable', 'AcctRec'],
  ['accrued', 20, '2100', 'Accrued hosting', 'OthCurrLiab'],
  ['equity', 30, '3000', 'Paid-in capital', 'Equity'],
  ['subscriptions', 40, '4000', 'Subscription revenue', 'Income'],
  ['services', 41, '4100', 'Services revenue', 'Income'],
  ['cogs', 50, '5000', 'Hosting and support', 'COGS'],
  ['payroll', 60, '6000', 'Payroll and office', 'Expense'],
  ['exchange', 70, '7000', 'Realized exchange gain or loss', 'OthIncome'],
] as const;
const owners = ['Morgan Reyes', 'Sam Okoye', 'Jamie Lindqvist', 'Robin Castellano', 'Alex Petrov', 'Noor Haddad'];

export function writeCompany(insert: Insert, streams: Streams, today: string): Company {
  const firstDay = monthStart(today, -historyMonths);
  const rate = writeRates(insert, streams, firstDay, today);
  insert('ns_subsidiary', { id: 1, name: 'Customer360 Holdings', currency_id: 1 });
  for (const { id, days } of terms) insert('ns_term', { id, name: `Net ${days}`, days });
  for (const { id, name, price, recurring } of items) {
    insert('ns_item', { id, name, type: recurring ? 'Service' : 'NonInvtPart', price });
  }
  for (const item of purchased) insert('ns_item', { ...item, type: 'NonInvtPart' });
  for (const [, id, number, name, type] of ledger) insert('ns_account', { id, number, name, type });

  const period = writePeriods(insert, firstDay, today);
  const ownerIds = owners.map((name, index) => {
    const id = salesforceId('005', index + 1);
    const username = `${name.split(' ')[0]?.toLowerCase()}@customer360.example`;
    insert('sf_user', { id, username, name, email: username });
    return id;
  });

  writePurchasing(insert, { today, firstDay, period, rate });

  return {
    currencies,
    terms,
    items,
    accounts: Object.fromEntries(ledger.map(([key, id]) => [key, id])) as Company['accounts'],
    owners: ownerIds,
    period,
    rate,
    // Deals are expected to close up to half a year from now.
    season: createSeason(firstDay, addDays(today, 183)),
    firstDay,
  };
}
