/** How a field that clients may write is kept. */
export type WritableKind = 'text' | 'money' | 'rate' | 'boolean' | 'date' | 'status' | 'reference';

export interface WritableField {
  kind: WritableKind;
  column: string;
  /** Tables a reference may point into. */
  tables?: readonly string[];
}

export interface WritableType {
  /** The name in REST paths and in SOAP references. */
  name: string;
  table: 'ns_customer' | 'ns_vendor' | 'ns_transaction';
  /** The transaction type, and what its numbers start with. */
  transaction?: string;
  numbers: string;
  fields: Record<string, WritableField>;
  /** Whether it has item lines, and whether it pays invoices. */
  hasItems?: boolean;
  applies?: boolean;
}

const kinds: Record<string, WritableKind> = { $: 'money', '%': 'rate', '?': 'boolean', '@': 'date', '*': 'status' };

/** Reads `name=column`, with a leading sign for the kind, and `name=column>table` for a reference. */
function fields(text: string): Record<string, WritableField> {
  return Object.fromEntries(
    text.split(/\s+/).map((word) => {
      const kind = kinds[word[0] as string];
      const [name = '', rest = ''] = word.slice(kind ? 1 : 0).split('=');
      const [column = '', ...tables] = rest.split('>');
      return [name, tables.length > 0 ? { kind: 'reference', column, tables } : { kind: kind ?? 'text', column }];
    }),
  );
}

const entity = `entityId=entity_id externalId=external_id companyName=company_name firstName=first_name lastName=last_name
  ?isPerson=is_person email=email phone=phone terms=term_id>ns_term $creditLimit=credit_limit
  currency=currency_id>ns_currency subsidiary=subsidiary_id>ns_subsidiary ?isInactive=is_inactive`;
const shared = `tranId=tran_id externalId=external_id @tranDate=tran_date memo=memo currency=currency_id>ns_currency
  %exchangeRate=exchange_rate subsidiary=subsidiary_id>ns_subsidiary createdFrom=created_from>ns_transaction
  postingPeriod=period_id>ns_period`;
const sold = `${shared} entity=customer_id>ns_customer terms=term_id>ns_term @startDate=start_date @endDate=end_date`;

const transaction = (name: string, type: string, numbers: string, text: string, rest: Partial<WritableType> = {}) => ({
  name,
  table: 'ns_transaction' as const,
  transaction: type,
  numbers,
  fields: fields(text),
  ...rest,
});

export const writableTypes: readonly WritableType[] = [
  { name: 'customer', table: 'ns_customer', numbers: 'CUST', fields: fields(entity) },
  { name: 'vendor', table: 'ns_vendor', numbers: 'VEND', fields: fields(entity) },
  transaction(
    'salesOrder',
    'SalesOrd',
    'SO',
    `${sold} *orderStatus=status $recurWeekly=recur_weekly $recurMonthly=recur_monthly $recurQuarterly=recur_quarterly
    $recurAnnually=recur_annually`,
    { hasItems: true },
  ),
  transaction('invoice', 'CustInvc', 'INV', `${sold} @dueDate=due_date`, { hasItems: true }),
  transaction('returnAuthorization', 'RtnAuth', 'RMA', `${sold} *orderStatus=status`, { hasItems: true }),
  transaction('creditMemo', 'CustCred', 'CM', sold, { hasItems: true, applies: true }),
  transaction('customerPayment', 'CustPymt', 'PAY', `${shared} customer=customer_id>ns_customer $payment=total`, {
    applies: true,
  }),
  transaction(
    'purchaseOrder',
    'PurchOrd',
    'PO',
    `${shared} entity=vendor_id>ns_vendor terms=term_id>ns_term @dueDate=due_date *orderStatus=status`,
    { hasItems: true },
  ),
];

export const writableType = (name: string) => writableTypes.find((each) => each.name === name);
