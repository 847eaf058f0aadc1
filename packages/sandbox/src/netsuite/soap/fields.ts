import type { Prefix } from './namespaces.ts';

export type FieldKind =
  | 'string'
  | 'double'
  | 'long'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'reference'
  | 'status'
  | 'accountType';

/** One field of a record: its element, and the column (or columns, for a reference) that it is read from. */
export interface RecordField {
  name: string;
  kind: FieldKind;
  column: string;
}

export interface RecordDefinition {
  /** The schema type, such as `Invoice`, and the `type` of a reference to it. */
  name: string;
  reference: string;
  prefix: Prefix;
  /** The SuiteQL transaction type, for transactions. */
  transaction?: string;
  /** In the order of the schema, which is part of the contract. */
  fields: RecordField[];
}

const kinds: Record<string, FieldKind> = {
  $: 'double',
  '#': 'long',
  '?': 'boolean',
  '@': 'date',
  '!': 'dateTime',
  '>': 'reference',
  '*': 'status',
  '%': 'accountType',
};

/** Reads `name`, `name=column`, with a leading sign for the kind: `$total=foreigntotal`. */
function fields(text: string): RecordField[] {
  return text.split(/\s+/).map((word) => {
    const kind = kinds[word[0] as string];
    const [name = '', column = name.toLowerCase()] = (kind ? word.slice(1) : word).split('=');
    return { name, kind: kind ?? 'string', column };
  });
}

export const recordDefinitions: readonly RecordDefinition[] = [
  {
    name: 'Customer',
    reference: 'customer',
    prefix: 'listRel',
    fields: fields(
      `entityId altName ?isPerson companyName phone email ?isInactive !dateCreated >subsidiary >terms $creditLimit
      $balance=balancesearch $overdueBalance=overduebalancesearch #daysOverdue >currency !lastModifiedDate`,
    ),
  },
  {
    name: 'Invoice',
    reference: 'invoice',
    prefix: 'tranSales',
    transaction: 'CustInvc',
    fields: fields(
      `!createdDate !lastModifiedDate >entity @tranDate tranId >createdFrom >postingPeriod >terms >subsidiary >currency
      @dueDate @startDate @endDate memo $amountPaid=foreignamountpaid $amountRemaining=foreignamountunpaid
      $exchangeRate currencyName=currency_name $subTotal=foreigntotal $total=foreigntotal *status`,
    ),
  },
  {
    name: 'SalesOrder',
    reference: 'salesOrder',
    prefix: 'tranSales',
    transaction: 'SalesOrd',
    fields: fields(
      `!createdDate >entity >currency @tranDate tranId @startDate @endDate memo $exchangeRate currencyName=currency_name
      $subTotal=foreigntotal $total=foreigntotal >subsidiary !lastModifiedDate *status >terms $oneTime $recurWeekly
      $recurMonthly $recurQuarterly $recurAnnually`,
    ),
  },
  {
    name: 'CustomerPayment',
    reference: 'customerPayment',
    prefix: 'tranCust',
    transaction: 'CustPymt',
    fields: fields(
      `!createdDate !lastModifiedDate >customer=entity >currency $payment=foreigntotal @tranDate tranId memo
      currencyName=currency_name $exchangeRate $total=foreigntotal >subsidiary $applied=foreignpaymentamountused
      $unapplied=foreignpaymentamountunused *status`,
    ),
  },
  {
    name: 'Account',
    reference: 'account',
    prefix: 'listAcct',
    fields: fields('%acctType=accttype acctNumber acctName=fullname >currency ?isInactive'),
  },
  {
    name: 'AccountingPeriod',
    reference: 'accountingPeriod',
    prefix: 'listAcct',
    fields: fields('periodName @endDate @startDate ?isAdjust ?isQuarter ?isYear'),
  },
];
