/** The field types of a search, and the columns their criteria and result columns read. */
export type CriterionKind =
  | 'string'
  | 'select'
  | 'external'
  | 'record'
  | 'enum'
  | 'date'
  | 'day'
  | 'long'
  | 'double'
  | 'boolean';

export interface SearchField {
  kind: CriterionKind;
  /** The column of the record's row source. */
  column: string;
  /** Some fields can be searched by but not shown, or shown but not searched by. */
  only?: 'criterion' | 'column';
}

/** What can be searched for, and shown as a column; the schema lists both by name in alphabetical order. */
export interface SearchDefinition {
  /** `Customer` for `CustomerSearch`, `CustomerSearchBasic`, … */
  name: string;
  fields: Record<string, SearchField>;
}

const kinds: Record<string, CriterionKind> = {
  $: 'double',
  '#': 'long',
  '?': 'boolean',
  '@': 'day',
  '!': 'date',
  '>': 'select',
  '%': 'enum',
  '+': 'external',
  '&': 'record',
};

/**
 * Reads `name`, `name=column`, with a leading sign for the kind and a trailing one for what has no other side:
 * `-` is a criterion only, `^` a column only.
 */
function define(name: string, text: string): SearchDefinition {
  const fields = text.split(/\s+/).map((word): [string, SearchField] => {
    const kind = kinds[word[0] as string];
    const only = word.endsWith('-') ? 'criterion' : word.endsWith('^') ? 'column' : undefined;
    const [field = '', column = field.toLowerCase()] = word.slice(kind ? 1 : 0, only ? -1 : undefined).split('=');
    return [field, { kind: kind ?? 'string', column, ...(only ? { only } : {}) }];
  });
  return { name, fields: Object.fromEntries(fields) };
}

const ids = '+externalId externalIdString=externalid- >internalId=id #internalIdNumber=id-';

export const searchDefinitions = {
  Customer: define(
    'Customer',
    `${ids} altName^ $balance=balancesearch companyName $creditLimit >currency !dateCreated #daysOverdue email entityId
    firstName ?isInactive ?isPerson !lastModifiedDate lastName $overdueBalance=overduebalancesearch phone >subsidiary
    >terms`,
  ),
  Vendor: define(
    'Vendor',
    `${ids} $balance companyName^ $creditLimit >currency !dateCreated email entityId ?isInactive ?isPerson
    !lastModifiedDate phone >subsidiary $unbilledOrders`,
  ),
  Transaction: define(
    'Transaction',
    `${ids} >account=lineaccount $amount=lineamount $amountPaid=foreignamountpaid
    $amountRemaining=foreignamountunpaid ?closed=isclosed- !closeDate=closedate >createdFrom >currency
    !dateCreated=createddate #daysOpen #daysOverdue=daysoverduesearch @dueDate @endDate >entity $exchangeRate
    $fxAmount=foreignlineamount >item=lineitem !lastModifiedDate ?mainLine >mainName=entity- memo $netAmount=lineamount
    ?posting &postingPeriod $quantity=linequantity recordType @startDate %status >subsidiary
    >terms- $total=foreigntotal^ $totalAmount=foreigntotal- @tranDate tranId transactionNumber %type
    $oneTimeTotal=onetime- $recurWeeklyTotal=recurweekly- $recurMonthlyTotal=recurmonthly-
    $recurQuarterlyTotal=recurquarterly- $recurAnnuallyTotal=recurannually-`,
  ),
  AccountingPeriod: define(
    'AccountingPeriod',
    `@endDate >internalId=id #internalIdNumber=id- ?isAdjust ?isInactive ?isQuarter ?isYear periodName @startDate`,
  ),
  Account: define(
    'Account',
    `$balance displayName=accountsearchdisplayname >internalId=id #internalIdNumber=id- ?isInactive name=fullname
    number=acctnumber %type=accttype`,
  ),
} as const;

export type SearchName = keyof typeof searchDefinitions;
