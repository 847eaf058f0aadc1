/** Who wrote the rows that the world starts with, and the only user that the API acts as. */
const stamps = `created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
  created_by TEXT NOT NULL DEFAULT '005Hs0000000001IAA', modified_by TEXT NOT NULL DEFAULT '005Hs0000000001IAA',
  external_id TEXT`;

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
  rating TEXT, account_number TEXT, parent_id TEXT, description TEXT, billing_street TEXT, billing_state TEXT,
  billing_postal_code TEXT, ${stamps}) WITHOUT ROWID;
CREATE TABLE sf_contact (
  id TEXT PRIMARY KEY, account_id TEXT REFERENCES sf_account(id), first_name TEXT, last_name TEXT NOT NULL, email TEXT,
  title TEXT, phone TEXT, mobile_phone TEXT, department TEXT, description TEXT, lead_source TEXT, reports_to_id TEXT,
  has_opted_out INTEGER NOT NULL DEFAULT 0, mailing_city TEXT, mailing_country TEXT, owner_id TEXT NOT NULL,
  ${stamps}) WITHOUT ROWID;
CREATE TABLE sf_campaign (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT, status TEXT NOT NULL, start_date TEXT, end_date TEXT,
  is_active INTEGER NOT NULL DEFAULT 0, budgeted_cost INTEGER, actual_cost INTEGER, expected_revenue INTEGER,
  description TEXT, owner_id TEXT NOT NULL, ${stamps}) WITHOUT ROWID;
-- Contacts that a campaign reached; has_responded follows from the status
CREATE TABLE sf_campaign_member (
  id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL, contact_id TEXT NOT NULL, status TEXT NOT NULL,
  has_responded INTEGER NOT NULL, first_responded_on TEXT, ${stamps}) WITHOUT ROWID;
CREATE TABLE sf_opportunity (
  id TEXT PRIMARY KEY, account_id TEXT REFERENCES sf_account(id), name TEXT NOT NULL, stage TEXT NOT NULL, amount INTEGER,
  probability INTEGER NOT NULL, close_date TEXT NOT NULL, is_closed INTEGER NOT NULL, is_won INTEGER NOT NULL,
  forecast_category TEXT NOT NULL, type TEXT, lead_source TEXT, campaign_id TEXT REFERENCES sf_campaign(id),
  next_step TEXT, description TEXT, last_stage_change_at TEXT, owner_id TEXT NOT NULL, ${stamps}) WITHOUT ROWID;
-- One row for each change of stage, amount, probability or close date, the first at creation
CREATE TABLE sf_opportunity_history (
  id TEXT PRIMARY KEY, opportunity_id TEXT NOT NULL, stage TEXT NOT NULL, amount INTEGER, probability INTEGER NOT NULL,
  close_date TEXT NOT NULL, forecast_category TEXT NOT NULL, created_at TEXT NOT NULL,
  created_by TEXT NOT NULL DEFAULT '005Hs0000000001IAA') WITHOUT ROWID;
CREATE TABLE sf_case (
  id TEXT PRIMARY KEY, case_number TEXT NOT NULL, account_id TEXT, contact_id TEXT, subject TEXT, status TEXT NOT NULL,
  priority TEXT NOT NULL, origin TEXT, is_closed INTEGER NOT NULL, closed_at TEXT, type TEXT, reason TEXT,
  description TEXT, parent_id TEXT, supplied_name TEXT, supplied_email TEXT, is_escalated INTEGER NOT NULL DEFAULT 0,
  owner_id TEXT NOT NULL, ${stamps}) WITHOUT ROWID;
-- What is to be done or was done: who_id is a contact, what_id an account, opportunity, case or campaign
CREATE TABLE sf_task (
  id TEXT PRIMARY KEY, subject TEXT, status TEXT NOT NULL, priority TEXT NOT NULL, activity_date TEXT, who_id TEXT,
  what_id TEXT, account_id TEXT, description TEXT, is_closed INTEGER NOT NULL, subtype TEXT NOT NULL, call_type TEXT,
  completed_at TEXT, owner_id TEXT NOT NULL, ${stamps}) WITHOUT ROWID;
CREATE TABLE sf_event (
  id TEXT PRIMARY KEY, subject TEXT, start_at TEXT NOT NULL, end_at TEXT NOT NULL, is_all_day INTEGER NOT NULL DEFAULT 0,
  location TEXT, who_id TEXT, what_id TEXT, account_id TEXT, description TEXT, owner_id TEXT NOT NULL,
  ${stamps}) WITHOUT ROWID;
-- Saved queries whose rows are pushed when they change
CREATE TABLE sf_push_topic (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, api_version INTEGER NOT NULL, description TEXT,
  is_active INTEGER NOT NULL DEFAULT 1, notify_fields TEXT NOT NULL, notify_create INTEGER NOT NULL DEFAULT 1,
  notify_update INTEGER NOT NULL DEFAULT 1, notify_delete INTEGER NOT NULL DEFAULT 1,
  notify_undelete INTEGER NOT NULL DEFAULT 1, ${stamps}) WITHOUT ROWID;
`;

/** Built after the rows are in: an index that exists during the inserts costs twice. */
export const salesforceIndexes = `
CREATE INDEX sf_contact_account ON sf_contact(account_id);
CREATE INDEX sf_opportunity_account ON sf_opportunity(account_id);
CREATE INDEX sf_opportunity_open ON sf_opportunity(is_closed, close_date);
CREATE INDEX sf_opportunity_amount ON sf_opportunity(is_closed, amount DESC, id);
CREATE INDEX sf_opportunity_history_of ON sf_opportunity_history(opportunity_id);
CREATE INDEX sf_case_account ON sf_case(account_id);
CREATE INDEX sf_case_contact ON sf_case(contact_id);
CREATE INDEX sf_task_account ON sf_task(account_id);
CREATE INDEX sf_task_what ON sf_task(what_id);
CREATE INDEX sf_task_who ON sf_task(who_id);
CREATE INDEX sf_event_account ON sf_event(account_id);
CREATE INDEX sf_event_what ON sf_event(what_id);
CREATE INDEX sf_event_who ON sf_event(who_id);
CREATE INDEX sf_campaign_member_of ON sf_campaign_member(campaign_id);
CREATE INDEX sf_campaign_member_contact ON sf_campaign_member(contact_id);
`;
