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
  | 'orderStatus'
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
  /** The children of one item line and of one row of what a payment or credit is applied to, in their order. */
  items?: string[];
  applies?: string[];
}

const kinds: Record<string, FieldKind> = {
  $: 'double',
  '#': 'long',
  '?': 'boolean',
  '@': 'date',
  '!': 'dateTime',
  '>': 'reference',
  '*': 'status',
  '^': 'orderStatus',
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

const words = (text: string) => text.split(' ');
const purchaseLine = words('item line quantity description rate amount');

export const recordDefinitions: readonly RecordDefinition[] = [
  {
    name: 'Customer',
    reference: 'customer',
    prefix: 'listRel',
    fields: fields(
      `entityId altName ?isPerson firstName lastName companyName phone email ?isInactive !dateCreated >subsidiary >terms
      $creditLimit $balance=balancesearch $overdueBalance=overduebalancesearch #daysOverdue
      $consolOverdueBalance=overduebalancesearch $consolBalance=balancesearch #consolDaysOverdue=daysoverdue >currency
      !lastModifiedDate`,
    ),
  },
  {
    name: 'Vendor',
    reference: 'vendor',
    prefix: 'listRel',
    fields: fields(
      `entityId altName ?isPerson firstName lastName companyName phone email ?isInactive !lastModifiedDate !dateCreated
      >subsidiary >terms $creditLimit $balance $unbilledOrders >currency`,
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
    items: words('item line description amount quantity rate'),
  },
  {
    name: 'SalesOrder',
    reference: 'salesOrder',
    prefix: 'tranSales',
    transaction: 'SalesOrd',
    fields: fields(
      `!createdDate >entity >currency @tranDate tranId ^orderStatus=status @startDate @endDate memo $exchangeRate
      currencyName=currency_name $subTotal=foreigntotal $total=foreigntotal >subsidiary !lastModifiedDate *status >terms
      $oneTime $recurWeekly $recurMonthly $recurQuarterly $recurAnnually`,
    ),
    items: words('item quantity description rate amount line'),
  },
  {
    name: 'PurchaseOrder',
    reference: 'purchaseOrder',
    prefix: 'tranPurch',
    transaction: 'PurchOrd',
    fields: fields(
      `!createdDate !lastModifiedDate >entity @tranDate tranId >createdFrom >terms @dueDate memo $exchangeRate
      currencyName=currency_name >currency $subTotal=foreigntotal $total=foreigntotal >subsidiary *status
      ^orderStatus=status`,
    ),
    items: purchaseLine,
  },
  {
    name: 'ReturnAuthorization',
    reference: 'returnAuthorization',
    prefix: 'tranCust',
    transaction: 'RtnAuth',
    fields: fields(
      `!createdDate !lastModifiedDate >currency >entity @tranDate tranId >subsidiary memo >createdFrom $exchangeRate
      currencyName=currency_name $subTotal=foreigntotal $total=foreigntotal *status ^orderStatus=status`,
    ),
    items: purchaseLine,
  },
  {
    name: 'CreditMemo',
    reference: 'creditMemo',
    prefix: 'tranCust',
    transaction: 'CustCred',
    fields: fields(
      `!createdDate !lastModifiedDate >currency >entity @tranDate tranId >createdFrom >postingPeriod >subsidiary memo
      $exchangeRate $amountPaid=foreignpaymentamountused currencyName=currency_name
      $amountRemaining=foreignpaymentamountunused $unapplied=foreignpaymentamountunused $applied=foreignpaymentamountused
      $subTotal=foreigntotal $total=foreigntotal *status`,
    ),
    items: purchaseLine,
    applies: words('apply doc applyDate type refNum total due currency amount line'),
  },
  {
    name: 'CustomerPayment',
    reference: 'customerPayment',
    prefix: 'tranCust',
    transaction: 'CustPymt',
    fields: fields(
      `!createdDate !lastModifiedDate >customer=entity >currency $payment=foreigntotal @tranDate tranId >postingPeriod memo
      currencyName=currency_name $exchangeRate $total=foreigntotal >subsidiary $applied=foreignpaymentamountused
      $unapplied=foreignpaymentamountunused *status`,
    ),
    applies: words('apply doc line applyDate type refNum total due currency amount'),
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
    fields: fields('periodName @startDate @endDate ?isAdjust ?isQuarter ?isYear'),
  },
  {
    name: 'Currency',
    reference: 'currency',
    prefix: 'listAcct',
    fields: fields('name symbol ?isBaseCurrency ?isInactive $exchangeRate'),
  },
  {
    name: 'Term',
    reference: 'term',
    prefix: 'listAcct',
    fields: fields('name #daysUntilNetDue ?isInactive'),
  },
  {
    name: 'Subsidiary',
    reference: 'subsidiary',
    prefix: 'listAcct',
    fields: fields('name ?isInactive ?isElimination >currency'),
  },
];
