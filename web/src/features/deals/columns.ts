import type { System } from '../../lib/systems.ts';
import type { SortKey } from '../../lib/view-state.ts';

export interface Column {
  key: SortKey;
  title: string;
  system: System;
  number?: boolean;
  /** The field behind the column, for telling "failed" from "none". */
  field: string;
  /** Numbers and dates are asked for largest first. */
  startsDescending?: boolean;
}

export const columns: readonly Column[] = [
  { key: 'account', title: 'Account', system: 'SALESFORCE', field: 'accountName' },
  { key: 'deal', title: 'Deal', system: 'SALESFORCE', field: 'name' },
  { key: 'stage', title: 'Stage', system: 'SALESFORCE', field: 'stage' },
  { key: 'amount', title: 'Amount', system: 'SALESFORCE', field: 'value', number: true, startsDescending: true },
  {
    key: 'probability',
    title: 'Prob.',
    system: 'SALESFORCE',
    field: 'probability',
    number: true,
    startsDescending: true,
  },
  { key: 'close', title: 'Close', system: 'SALESFORCE', field: 'closeDate', number: true },
  { key: 'payment', title: 'Payment', system: 'NETSUITE', field: 'paymentStatus' },
  {
    key: 'invoices',
    title: 'Open invoices',
    system: 'NETSUITE',
    field: 'invoices',
    number: true,
    startsDescending: true,
  },
  {
    key: 'touch',
    title: 'Last marketing touch',
    system: 'MARKETO',
    field: 'lastMarketingTouch',
    startsDescending: true,
  },
];
