import { listTypes } from './list-types.ts';

/** How a record field is read from its SuiteQL view and written in JSON. */
export type FieldKind = 'id' | 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'status' | 'reference';

export interface Field {
  column: string;
  kind: FieldKind;
  /** The record type a reference leads to. */
  target?: string;
}

export interface RecordType {
  /** A name of `viewSources`, or a SuiteQL view. */
  view: string;
  /** The transaction type that the view is narrowed to. */
  type?: string;
  fields: Record<string, Field>;
  /** Its sublists: lines of items, and what it is applied to. */
  sublists?: readonly ('item' | 'apply')[];
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

const entityFields: Record<string, Field> = {
  id: { column: 'id', kind: 'id' },
  entityId: text('entityid'),
  externalId: text('externalid'),
  altName: text('altname'),
  companyName: text('companyname'),
  firstName: text('firstname'),
  lastName: text('lastname'),
  isPerson: boolean('isperson'),
  email: text('email'),
  phone: text('phone'),
  currency: reference('currency', 'currency'),
  terms: reference('terms', 'term'),
  creditLimit: number('creditlimit'),
  subsidiary: reference('subsidiary', 'subsidiary'),
  isInactive: boolean('isinactive'),
  dateCreated: datetime('datecreated'),
  lastModifiedDate: datetime('lastmodifieddate'),
};

const orderStatus: Field = { column: 'status', kind: 'status' };
const createdFrom = (target: string) => reference('createdfrom', target);
const postingPeriod = reference('postingperiod', 'accountingPeriod');
const { entity: customer, terms: _, ...withoutEntity } = transactionFields;

const transaction = (
  type: string,
  fields: Record<string, Field>,
  sublists: RecordType['sublists'] = ['item'],
): RecordType => ({ view: 'suiteql_transaction', type, fields, sublists });

/** The record types of REST; names are the vendor's. */
export const recordTypes: ReadonlyMap<string, RecordType> = new Map<string, RecordType>([
  [
    'customer',
    {
      view: 'customer',
      fields: {
        ...entityFields,
        balance: number('balancesearch'),
        overdueBalance: number('overduebalancesearch'),
        daysOverdue: number('daysoverdue'),
        consolBalance: number('balancesearch'),
        consolOverdueBalance: number('overduebalancesearch'),
        consolDaysOverdue: number('daysoverdue'),
      },
    },
  ],
  [
    'vendor',
    {
      view: 'suiteql_vendor',
      fields: { ...entityFields, balance: number('balance'), unbilledOrders: number('unbilledorders') },
    },
  ],
  [
    'invoice',
    transaction('CustInvc', {
      ...transactionFields,
      dueDate: date('duedate'),
      postingPeriod,
      createdFrom: createdFrom('salesOrder'),
      amountPaid: number('foreignamountpaid'),
      amountRemaining: number('foreignamountunpaid'),
    }),
  ],
  [
    'salesOrder',
    transaction('SalesOrd', {
      ...transactionFields,
      orderStatus,
      oneTime: number('onetime'),
      recurWeekly: number('recurweekly'),
      recurMonthly: number('recurmonthly'),
      recurQuarterly: number('recurquarterly'),
      recurAnnually: number('recurannually'),
    }),
  ],
  [
    'purchaseOrder',
    transaction('PurchOrd', {
      ...transactionFields,
      entity: reference('entity', 'vendor'),
      dueDate: date('duedate'),
      orderStatus,
    }),
  ],
  [
    'returnAuthorization',
    transaction('RtnAuth', { ...transactionFields, orderStatus, createdFrom: createdFrom('invoice') }),
  ],
  [
    'creditMemo',
    transaction(
      'CustCred',
      {
        ...transactionFields,
        postingPeriod,
        createdFrom: createdFrom('invoice'),
        applied: number('foreignpaymentamountused'),
        unapplied: number('foreignpaymentamountunused'),
        amountRemaining: number('foreignpaymentamountunused'),
      },
      ['item', 'apply'],
    ),
  ],
  [
    'customerPayment',
    transaction(
      'CustPymt',
      {
        ...withoutEntity,
        customer: customer as Field,
        postingPeriod,
        payment: number('foreigntotal'),
        applied: number('foreignpaymentamountused'),
        unapplied: number('foreignpaymentamountunused'),
      },
      ['apply'],
    ),
  ],
  ...listTypes,
]);
