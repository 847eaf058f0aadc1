/** The field types of a search, and the columns their criteria and result columns read. */
export type CriterionKind = 'string' | 'select' | 'external' | 'enum' | 'date' | 'day' | 'long' | 'double' | 'boolean';

export interface SearchField {
  kind: CriterionKind;
  /** The column of the record's row source. */
  column: string;
}

/** What can be searched for, and shown as a column; the schema lists both by name in alphabetical order. */
export interface SearchDefinition {
  /** `Customer` for `CustomerSearch`, `CustomerSearchBasic`, … */
  name: string;
  fields: Record<string, SearchField>;
}

const field =
  (kind: CriterionKind) =>
  (column: string): SearchField => ({ kind, column });
const string = field('string');
const select = field('select');
const external = field('external');
const enumeration = field('enum');
const date = field('date');
const day = field('day');
const long = field('long');
const double = field('double');
const boolean = field('boolean');

export const searchDefinitions = {
  Customer: {
    name: 'Customer',
    fields: {
      balance: double('balancesearch'),
      companyName: string('companyname'),
      creditLimit: double('creditlimit'),
      currency: select('currency'),
      dateCreated: date('datecreated'),
      daysOverdue: long('daysoverdue'),
      email: string('email'),
      entityId: string('entityid'),
      externalId: external('externalid'),
      externalIdString: string('externalid'),
      internalId: select('id'),
      internalIdNumber: long('id'),
      isInactive: boolean('isinactive'),
      lastModifiedDate: date('lastmodifieddate'),
      overdueBalance: double('overduebalancesearch'),
      phone: string('phone'),
      subsidiary: select('subsidiary'),
      terms: select('terms'),
    },
  },
  Transaction: {
    name: 'Transaction',
    fields: {
      amount: double('lineamount'),
      amountPaid: double('foreignamountpaid'),
      amountRemaining: double('foreignamountunpaid'),
      createdFrom: select('createdfrom'),
      currency: select('currency'),
      daysOverdue: long('daysoverduesearch'),
      dueDate: day('duedate'),
      endDate: day('enddate'),
      entity: select('entity'),
      externalId: external('externalid'),
      externalIdString: string('externalid'),
      internalId: select('id'),
      internalIdNumber: long('id'),
      lastModifiedDate: date('lastmodifieddate'),
      mainLine: boolean('mainline'),
      memo: string('memo'),
      posting: boolean('posting'),
      postingPeriod: select('postingperiod'),
      startDate: day('startdate'),
      status: enumeration('status'),
      subsidiary: select('subsidiary'),
      total: double('foreigntotal'),
      tranDate: day('trandate'),
      tranId: string('tranid'),
      type: enumeration('type'),
    },
  },
  AccountingPeriod: {
    name: 'AccountingPeriod',
    fields: {
      endDate: day('enddate'),
      internalId: select('id'),
      internalIdNumber: long('id'),
      isAdjust: boolean('isadjust'),
      isInactive: boolean('isinactive'),
      isQuarter: boolean('isquarter'),
      isYear: boolean('isyear'),
      periodName: string('periodname'),
      startDate: day('startdate'),
    },
  },
  Account: {
    name: 'Account',
    fields: {
      balance: double('balance'),
      displayName: string('accountsearchdisplayname'),
      internalId: select('id'),
      internalIdNumber: long('id'),
      isInactive: boolean('isinactive'),
      name: string('fullname'),
      number: string('acctnumber'),
      type: enumeration('accttype'),
    },
  },
} as const satisfies Record<string, SearchDefinition>;

export type SearchName = keyof typeof searchDefinitions;
