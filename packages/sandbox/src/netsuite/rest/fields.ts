/** How a record field is read from its SuiteQL view and written in JSON. */
export type FieldKind = 'id' | 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'status' | 'reference';

export interface Field {
  column: string;
  kind: FieldKind;
  /** The record type a reference leads to. */
  target?: string;
}

export interface RecordType {
  view: string;
  /** The transaction type that the view is narrowed to. */
  type?: string;
  fields: Record<string, Field>;
}

const text = (column: string): Field => ({ column, kind: 'text' });
const number = (column: string): Field => ({ column, kind: 'number' });
const date = (column: string): Field => ({ column, kind: 'date' });
const datetime = (column: string): Field => ({ column, kind: 'datetime' });
const boolean = (column: string): Field => ({ column, kind: 'boolean' });
const reference = (column: string, target: string): Field => ({ column, kind: 'reference', target });

const transactionFields: Record<string, Field> = {
  id: { column: 'id', kind: 'id' },
  externalId: text('externalid'),
  createdDate: datetime('createddate'),
  lastModifiedDate: datetime('lastmodifieddate'),
  tranId: text('tranid'),
  tranDate: date('trandate'),
  entity: reference('entity', 'customer'),
  currency: reference('currency', 'currency'),
  exchangeRate: number('exchangerate'),
  subsidiary: reference('subsidiary', 'subsidiary'),
  terms: reference('terms', 'term'),
  startDate: date('startdate'),
  endDate: date('enddate'),
  memo: text('memo'),
  status: { column: 'status', kind: 'status' },
  subtotal: number('foreigntotal'),
  total: number('foreigntotal'),
};

/** The record types that REST reads; names are the vendor's. */
export const recordTypes: ReadonlyMap<string, RecordType> = new Map([
  [
    'customer',
    {
      view: 'suiteql_customer',
      fields: {
        id: { column: 'id', kind: 'id' },
        entityId: text('entityid'),
        externalId: text('externalid'),
        altName: text('altname'),
        companyName: text('companyname'),
        isPerson: boolean('isperson'),
        email: text('email'),
        phone: text('phone'),
        currency: reference('currency', 'currency'),
        terms: reference('terms', 'term'),
        creditLimit: number('creditlimit'),
        balance: number('balancesearch'),
        overdueBalance: number('overduebalancesearch'),
        daysOverdue: number('daysoverdue'),
        subsidiary: reference('subsidiary', 'subsidiary'),
        isInactive: boolean('isinactive'),
        dateCreated: datetime('datecreated'),
        lastModifiedDate: datetime('lastmodifieddate'),
      },
    },
  ],
  [
    'invoice',
    {
      view: 'suiteql_transaction',
      type: 'CustInvc',
      fields: {
        ...transactionFields,
        dueDate: date('duedate'),
        postingPeriod: reference('postingperiod', 'accountingPeriod'),
        createdFrom: reference('createdfrom', 'salesOrder'),
        amountPaid: number('foreignamountpaid'),
        amountRemaining: number('foreignamountunpaid'),
      },
    },
  ],
  [
    'salesOrder',
    {
      view: 'suiteql_transaction',
      type: 'SalesOrd',
      fields: {
        ...transactionFields,
        orderStatus: { column: 'status', kind: 'status' },
        oneTime: number('onetime'),
        recurWeekly: number('recurweekly'),
        recurMonthly: number('recurmonthly'),
        recurQuarterly: number('recurquarterly'),
        recurAnnually: number('recurannually'),
      },
    },
  ],
]);
