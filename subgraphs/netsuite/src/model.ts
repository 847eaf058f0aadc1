/** A customer record of the ERP. Amounts are exact decimals as text, in the customer's currency. */
export interface ErpCustomer {
  internalId: string;
  /** The Salesforce account id that the record carries. */
  externalId: string | null;
  companyName: string;
  currency: string;
  terms: string | null;
  creditLimit: string | null;
  openBalance: string;
  overdueBalance: string;
  /** Invoices less credit memos. */
  lifetimeValue: string;
}

/** A customer that was found by the external id that it carries. */
export interface LinkedCustomer extends ErpCustomer {
  /** How many customers carry that external id. */
  candidates: number;
}

export type DocumentKind = 'invoice' | 'order';
export type InvoiceState = 'OPEN' | 'PAID_IN_FULL' | 'PENDING_APPROVAL' | 'VOIDED' | 'OTHER';

interface ErpDocument {
  internalId: string;
  number: string;
  /** The external id of the customer it belongs to. */
  accountId: string;
  date: string;
  currency: string;
  total: string;
}

export interface ErpInvoice extends ErpDocument {
  kind: 'invoice';
  state: InvoiceState;
  dueDate: string | null;
  remaining: string;
}

export interface ErpOrder extends ErpDocument {
  kind: 'order';
  status: string;
}

/** The documents of all ERP customers that carry one account id. */
export interface AccountDocuments {
  accountId: string;
  /** How many customers carry it. */
  candidates: number;
  documents: (ErpInvoice | ErpOrder)[];
}

/** Which documents are wanted; the narrower, the less the ERP has to read and send. */
export interface DocumentsWanted {
  invoices: 'none' | 'open' | 'paid' | 'all';
  orders: boolean;
}

/** What ledger accounts of one type gained in one month, debit positive, in base currency. */
export interface LedgerSum {
  account: 'bank' | 'income' | 'cogs';
  /** First day of the accounting period. */
  periodStart: string;
  amount: string;
}

export interface Ledger {
  /** Balance of all bank accounts, in base currency. */
  cash: string;
  sums: LedgerSum[];
}

/** What active subscriptions in one currency bill per period, and that currency's rate into the base currency. */
export interface RecurringSum {
  exchangeRate: string;
  weekly: string;
  monthly: string;
  quarterly: string;
  annually: string;
}

/** The connection to one ERP account, shared by the process. Every method is one parallel stage of calls. */
export interface NetSuiteClient {
  /** Customers that carry one of the external ids; an id may be carried by none, one or several. @throws {UpstreamError} */
  customers(accountIds: readonly string[]): Promise<LinkedCustomer[]>;
  customersByInternalId(internalIds: readonly string[]): Promise<ErpCustomer[]>;
  /** Of each account that a customer carries, documents or not. */
  documents(accountIds: readonly string[], wanted: DocumentsWanted): Promise<AccountDocuments[]>;
  ledger(): Promise<Ledger>;
  /** Sums over subscription orders that run on the given day. */
  recurring(today: string): Promise<RecurringSum[]>;
  /** Does ahead what the first call would do: logs in, or reads the service description. */
  warmUp(): Promise<void>;
}
