import type { Field, RecordType } from './fields.ts';

const field = (kind: Field['kind'], column: string): Field => ({ column, kind });
const named = { id: field('id', 'id'), name: field('text', 'name'), isInactive: field('boolean', 'isinactive') };

/** Lists that other records refer to: they are read, and written in NetSuite's own pages only. */
export const listTypes: [name: string, type: RecordType][] = [
  [
    'currency',
    {
      view: 'suiteql_currency',
      fields: {
        ...named,
        symbol: field('text', 'symbol'),
        exchangeRate: field('number', 'exchangerate'),
        isBaseCurrency: field('boolean', 'isbasecurrency'),
      },
    },
  ],
  ['term', { view: 'suiteql_term', fields: { ...named, daysUntilNetDue: field('number', 'daysuntilnetdue') } }],
  [
    'subsidiary',
    {
      view: 'suiteql_subsidiary',
      fields: {
        ...named,
        fullName: field('text', 'fullname'),
        currency: { ...field('reference', 'currency'), target: 'currency' },
        isElimination: field('boolean', 'iselimination'),
      },
    },
  ],
  [
    'accountingPeriod',
    {
      view: 'suiteql_accountingperiod',
      fields: {
        id: field('id', 'id'),
        periodName: field('text', 'periodname'),
        startDate: field('date', 'startdate'),
        endDate: field('date', 'enddate'),
        isQuarter: field('boolean', 'isquarter'),
        isYear: field('boolean', 'isyear'),
        isAdjust: field('boolean', 'isadjust'),
      },
    },
  ],
  [
    'account',
    {
      view: 'suiteql_account',
      fields: {
        id: field('id', 'id'),
        acctNumber: field('text', 'acctnumber'),
        acctName: field('text', 'fullname'),
        acctType: field('text', 'accttype'),
        currency: { ...field('reference', 'currency'), target: 'currency' },
        isInactive: field('boolean', 'isinactive'),
      },
    },
  ],
];
