/**
 * Every table of the world. Money is integer minor units (cents); instants are ISO 8601 UTC text
 * (`2026-03-01T09:00:00Z`); dates are `YYYY-MM-DD`; booleans are 0 or 1; ids are the vendor's own.
 */
export const tables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Salesforce: ids are 18 characters
CREATE TABLE sf_user (id TEXT PRIMARY KEY, username TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sf_account (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT, industry TEXT, employees INTEGER, annual_revenue INTEGER,
  website TEXT, phone TEXT, billing_city TEXT, billing_country TEXT, owner_id TEXT NOT NULL REFERENCES sf_user(id),
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sf_contact (
  id TEXT PRIMARY KEY, account_id TEXT REFERENCES sf_account(id), first_name TEXT, last_name TEXT NOT NULL, email TEXT,
  title TEXT, phone TEXT, owner_id TEXT NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sf_campaign (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT, status TEXT NOT NULL, start_date TEXT, end_date TEXT,
  is_active INTEGER NOT NULL, budgeted_cost INTEGER, actual_cost INTEGER, owner_id TEXT NOT NULL,
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sf_opportunity (
  id TEXT PRIMARY KEY, account_id TEXT REFERENCES sf_account(id), name TEXT NOT NULL, stage TEXT NOT NULL, amount INTEGER,
  probability INTEGER NOT NULL, close_date TEXT NOT NULL, is_closed INTEGER NOT NULL, is_won INTEGER NOT NULL,
  forecast_category TEXT NOT NULL, type TEXT, lead_source TEXT, campaign_id TEXT REFERENCES sf_campaign(id),
  owner_id TEXT NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sf_case (
  id TEXT PRIMARY KEY, case_number TEXT NOT NULL, account_id TEXT, contact_id TEXT, subject TEXT, status TEXT NOT NULL,
  priority TEXT NOT NULL, origin TEXT, is_closed INTEGER NOT NULL, closed_at TEXT, owner_id TEXT NOT NULL,
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL) WITHOUT ROWID;

-- NetSuite: internal ids are integers; base currency is USD, exchange_rate is base units for one foreign unit
CREATE TABLE ns_currency (id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, name TEXT NOT NULL, exchange_rate TEXT NOT NULL);
CREATE TABLE ns_subsidiary (id INTEGER PRIMARY KEY, name TEXT NOT NULL, currency_id INTEGER NOT NULL);
CREATE TABLE ns_term (id INTEGER PRIMARY KEY, name TEXT NOT NULL, days INTEGER NOT NULL);
CREATE TABLE ns_period (id INTEGER PRIMARY KEY, name TEXT NOT NULL, start_date TEXT NOT NULL, end_date TEXT NOT NULL);
CREATE TABLE ns_account (id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL);
CREATE TABLE ns_item (id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, price INTEGER NOT NULL);
CREATE TABLE ns_customer (
  id INTEGER PRIMARY KEY, entity_id TEXT NOT NULL, external_id TEXT, company_name TEXT NOT NULL, email TEXT, phone TEXT,
  term_id INTEGER REFERENCES ns_term(id), credit_limit INTEGER, currency_id INTEGER NOT NULL, subsidiary_id INTEGER NOT NULL,
  is_inactive INTEGER NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL);
-- type: CustInvc CustPymt SalesOrd CustCred Journal; status: the SuiteQL letter; amounts in the transaction's currency.
-- unpaid: what is left of an invoice; unapplied: what is left of a payment or credit memo.
-- recur_*: what a subscription sales order bills in each period; others hold 0.
CREATE TABLE ns_transaction (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, tran_id TEXT NOT NULL, external_id TEXT, customer_id INTEGER REFERENCES ns_customer(id),
  tran_date TEXT NOT NULL, due_date TEXT, status TEXT NOT NULL, currency_id INTEGER NOT NULL, exchange_rate TEXT NOT NULL,
  term_id INTEGER, period_id INTEGER NOT NULL REFERENCES ns_period(id), posting INTEGER NOT NULL, memo TEXT,
  total INTEGER NOT NULL, paid INTEGER NOT NULL, unpaid INTEGER NOT NULL, unapplied INTEGER NOT NULL,
  start_date TEXT, end_date TEXT, one_time INTEGER NOT NULL, recur_weekly INTEGER NOT NULL, recur_monthly INTEGER NOT NULL,
  recur_quarterly INTEGER NOT NULL, recur_annually INTEGER NOT NULL, created_from INTEGER, subsidiary_id INTEGER NOT NULL,
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL, closed_at TEXT);
-- line 0 is the main line
CREATE TABLE ns_transaction_line (
  transaction_id INTEGER NOT NULL REFERENCES ns_transaction(id), line INTEGER NOT NULL, item_id INTEGER, account_id INTEGER,
  description TEXT, quantity INTEGER, rate INTEGER, amount INTEGER NOT NULL, PRIMARY KEY (transaction_id, line)) WITHOUT ROWID;
-- the general ledger, in base currency minor units; debit positive
CREATE TABLE ns_posting (
  transaction_id INTEGER NOT NULL REFERENCES ns_transaction(id), line INTEGER NOT NULL, account_id INTEGER NOT NULL REFERENCES ns_account(id),
  amount INTEGER NOT NULL, PRIMARY KEY (transaction_id, line)) WITHOUT ROWID;
CREATE TABLE ns_applied (payment_id INTEGER NOT NULL, invoice_id INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (payment_id, invoice_id)) WITHOUT ROWID;

-- Marketo
CREATE TABLE mk_program (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, type TEXT NOT NULL, channel TEXT NOT NULL,
  status TEXT NOT NULL, folder_id INTEGER NOT NULL, folder_name TEXT NOT NULL, sf_campaign_id TEXT, start_date TEXT, end_date TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
-- cost: whole units of currency, as the vendor keeps it
CREATE TABLE mk_program_cost (program_id INTEGER NOT NULL REFERENCES mk_program(id), start_date TEXT NOT NULL, cost INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (program_id, start_date)) WITHOUT ROWID;
CREATE TABLE mk_lead (
  id INTEGER PRIMARY KEY, email TEXT, first_name TEXT, last_name TEXT, company TEXT, sf_account_id TEXT, sf_contact_id TEXT,
  lead_source TEXT, lead_score INTEGER, unsubscribed INTEGER NOT NULL, acquisition_program_id INTEGER,
  last_moment_type TEXT, last_moment_date TEXT, last_moment_desc TEXT, last_moment_source TEXT,
  last_program_id INTEGER, last_program_name TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_member (
  id INTEGER PRIMARY KEY, program_id INTEGER NOT NULL REFERENCES mk_program(id), lead_id INTEGER NOT NULL REFERENCES mk_lead(id),
  status TEXT NOT NULL, reached_success INTEGER NOT NULL, reached_success_at TEXT, acquired_by INTEGER NOT NULL,
  joined_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_activity (
  id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL, at TEXT NOT NULL, type_id INTEGER NOT NULL, campaign_id INTEGER,
  primary_id INTEGER, primary_value TEXT, attributes TEXT NOT NULL);
CREATE TABLE mk_opportunity (
  external_id TEXT PRIMARY KEY, guid TEXT NOT NULL, name TEXT NOT NULL, amount INTEGER, stage TEXT NOT NULL, is_closed INTEGER NOT NULL,
  is_won INTEGER NOT NULL, close_date TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mk_role (
  guid TEXT PRIMARY KEY, external_opportunity_id TEXT NOT NULL, lead_id INTEGER NOT NULL, role TEXT NOT NULL, is_primary INTEGER NOT NULL,
  created_at TEXT NOT NULL) WITHOUT ROWID;
`;

/** Built after the rows are in: an index that exists during the inserts costs twice. */
export const indexes = `
CREATE INDEX sf_contact_account ON sf_contact(account_id);
CREATE INDEX sf_opportunity_account ON sf_opportunity(account_id);
CREATE INDEX sf_opportunity_open ON sf_opportunity(is_closed, close_date);
CREATE INDEX sf_case_account ON sf_case(account_id);
CREATE INDEX ns_customer_external ON ns_customer(external_id);
CREATE INDEX ns_transaction_customer ON ns_transaction(customer_id, type);
CREATE INDEX ns_transaction_type ON ns_transaction(type, status);
CREATE INDEX ns_posting_account ON ns_posting(account_id);
CREATE INDEX ns_applied_invoice ON ns_applied(invoice_id);
CREATE INDEX mk_lead_account ON mk_lead(sf_account_id);
CREATE INDEX mk_lead_email ON mk_lead(email);
CREATE INDEX mk_member_program ON mk_member(program_id);
CREATE INDEX mk_member_lead ON mk_member(lead_id);
CREATE INDEX mk_activity_lead ON mk_activity(lead_id, at);
CREATE INDEX mk_activity_at ON mk_activity(at);
CREATE INDEX mk_role_opportunity ON mk_role(external_opportunity_id);
CREATE INDEX mk_role_lead ON mk_role(lead_id);
`;
