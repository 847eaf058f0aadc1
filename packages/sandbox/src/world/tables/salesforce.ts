/**
 * Money is integer minor units (cents); instants are ISO 8601 UTC text (`2026-03-01T09:00:00Z`); dates are
 * `YYYY-MM-DD`; booleans are 0 or 1; ids are the vendor's own.
 */
export const salesforceTables = `
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
`;

/** Built after the rows are in: an index that exists during the inserts costs twice. */
export const salesforceIndexes = `
CREATE INDEX sf_contact_account ON sf_contact(account_id);
CREATE INDEX sf_opportunity_account ON sf_opportunity(account_id);
CREATE INDEX sf_opportunity_open ON sf_opportunity(is_closed, close_date);
CREATE INDEX sf_case_account ON sf_case(account_id);
`;
