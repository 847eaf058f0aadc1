/**
 * Money is integer minor units (cents); instants are ISO 8601 UTC text (`2026-03-01T09:00:00Z`); dates are
 * `YYYY-MM-DD`; booleans are 0 or 1; ids are the vendor's own.
 */
export const netsuiteTables = `
-- NetSuite: internal ids are integers; base currency is USD, exchange_rate is base units for one foreign unit
CREATE TABLE ns_currency (id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, name TEXT NOT NULL, exchange_rate TEXT NOT NULL);
-- the currency's rate on each day; ns_currency holds today's
CREATE TABLE ns_currency_rate (currency_id INTEGER NOT NULL REFERENCES ns_currency(id), effective_on TEXT NOT NULL, exchange_rate TEXT NOT NULL, PRIMARY KEY (currency_id, effective_on)) WITHOUT ROWID;
CREATE TABLE ns_subsidiary (id INTEGER PRIMARY KEY, name TEXT NOT NULL, currency_id INTEGER NOT NULL);
CREATE TABLE ns_term (id INTEGER PRIMARY KEY, name TEXT NOT NULL, days INTEGER NOT NULL);
-- months, to which transactions belong, in fiscal quarters, in fiscal years
CREATE TABLE ns_period (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, start_date TEXT NOT NULL, end_date TEXT NOT NULL, is_quarter INTEGER NOT NULL,
  is_year INTEGER NOT NULL, parent_id INTEGER REFERENCES ns_period(id), is_closed INTEGER NOT NULL);
CREATE TABLE ns_account (id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL);
CREATE TABLE ns_item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, price INTEGER NOT NULL);
CREATE TABLE ns_customer (
  id INTEGER PRIMARY KEY, entity_id TEXT NOT NULL, external_id TEXT, company_name TEXT NOT NULL, email TEXT, phone TEXT,
  term_id INTEGER REFERENCES ns_term(id), credit_limit INTEGER, currency_id INTEGER NOT NULL, subsidiary_id INTEGER NOT NULL,
  is_inactive INTEGER NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
  is_person INTEGER NOT NULL DEFAULT 0, first_name TEXT, last_name TEXT);
CREATE TABLE ns_vendor (
  id INTEGER PRIMARY KEY, entity_id TEXT NOT NULL, external_id TEXT, company_name TEXT NOT NULL, email TEXT, phone TEXT,
  term_id INTEGER REFERENCES ns_term(id), credit_limit INTEGER, currency_id INTEGER NOT NULL, subsidiary_id INTEGER NOT NULL,
  is_inactive INTEGER NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
  is_person INTEGER NOT NULL DEFAULT 0, first_name TEXT, last_name TEXT);
-- type: CustInvc CustPymt SalesOrd CustCred RtnAuth PurchOrd Journal; only purchase orders have a vendor; status: the SuiteQL letter; amounts in the transaction's currency.
-- unpaid: what is left of an invoice; unapplied: what is left of a payment or credit memo.
-- recur_*: what a subscription sales order bills in each period; others hold 0.
CREATE TABLE ns_transaction (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, tran_id TEXT NOT NULL, external_id TEXT, customer_id INTEGER REFERENCES ns_customer(id),
  tran_date TEXT NOT NULL, due_date TEXT, status TEXT NOT NULL, currency_id INTEGER NOT NULL, exchange_rate TEXT NOT NULL,
  term_id INTEGER, period_id INTEGER NOT NULL REFERENCES ns_period(id), posting INTEGER NOT NULL, memo TEXT,
  total INTEGER NOT NULL, paid INTEGER NOT NULL, unpaid INTEGER NOT NULL, unapplied INTEGER NOT NULL,
  start_date TEXT, end_date TEXT, one_time INTEGER NOT NULL, recur_weekly INTEGER NOT NULL, recur_monthly INTEGER NOT NULL,
  recur_quarterly INTEGER NOT NULL, recur_annually INTEGER NOT NULL, created_from INTEGER, subsidiary_id INTEGER NOT NULL,
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL, closed_at TEXT, vendor_id INTEGER REFERENCES ns_vendor(id),
  entity_id INTEGER AS (COALESCE(customer_id, vendor_id)));
-- line 0 is the main line
CREATE TABLE ns_transaction_line (
  transaction_id INTEGER NOT NULL REFERENCES ns_transaction(id), line INTEGER NOT NULL, item_id INTEGER, account_id INTEGER,
  description TEXT, quantity INTEGER, rate INTEGER, amount INTEGER NOT NULL, PRIMARY KEY (transaction_id, line)) WITHOUT ROWID;
-- the general ledger, in base currency minor units; debit positive
CREATE TABLE ns_posting (
  transaction_id INTEGER NOT NULL REFERENCES ns_transaction(id), line INTEGER NOT NULL, account_id INTEGER NOT NULL REFERENCES ns_account(id),
  amount INTEGER NOT NULL, PRIMARY KEY (transaction_id, line)) WITHOUT ROWID;
CREATE TABLE ns_applied (payment_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (payment_id, invoice_id)) WITHOUT ROWID;
-- records that were deleted, by their REST type name
CREATE TABLE ns_deleted (type TEXT NOT NULL, id INTEGER NOT NULL, external_id TEXT, name TEXT, deleted_at TEXT NOT NULL, PRIMARY KEY (type, id)) WITHOUT ROWID;
`;

/** Built after the rows are in: an index that exists during the inserts costs twice. */
export const netsuiteIndexes = `
CREATE INDEX ns_customer_external ON ns_customer(external_id);
CREATE INDEX ns_transaction_customer ON ns_transaction(customer_id, type);
CREATE INDEX ns_transaction_entity ON ns_transaction(entity_id, type);
CREATE INDEX ns_transaction_external ON ns_transaction(external_id) WHERE external_id IS NOT NULL;
CREATE INDEX ns_transaction_origin ON ns_transaction(created_from);
CREATE INDEX ns_transaction_type ON ns_transaction(type, status);
-- what sums over the ledger read: no table is touched for them
CREATE INDEX ns_posting_account ON ns_posting(account_id, transaction_id, amount);
CREATE INDEX ns_transaction_period ON ns_transaction(id, period_id);
CREATE INDEX ns_applied_invoice ON ns_applied(invoice_id);
`;
