import type { SearchName } from './criteria.ts';

export interface SearchJoin {
  /** What is joined: its criteria and columns. */
  search: SearchName;
  /** How a row `j` of it belongs to a row `r` of the search. */
  on: (j: string) => string;
  /** Whether many rows may belong to one: then it can be searched by, but shows no columns. */
  many?: boolean;
}

const byEntity = (j: string) => `${j}.id = r.entity`;

/** The joins that are modelled, by search; in the order of the schema. */
export const searchJoins: Record<SearchName, Record<string, SearchJoin>> = {
  Transaction: {
    accountingPeriodJoin: { search: 'AccountingPeriod', on: (j) => `${j}.id = r.postingperiod` },
    createdFromJoin: { search: 'Transaction', on: (j) => `${j}.id = r.createdfrom` },
    customerJoin: { search: 'Customer', on: byEntity },
    customerMainJoin: { search: 'Customer', on: byEntity },
    vendorJoin: { search: 'Vendor', on: byEntity },
  },
  Customer: { transactionJoin: { search: 'Transaction', on: (j) => `${j}.entity = r.id`, many: true } },
  Vendor: { transactionJoin: { search: 'Transaction', on: (j) => `${j}.entity = r.id`, many: true } },
  Account: {},
  AccountingPeriod: {},
};
