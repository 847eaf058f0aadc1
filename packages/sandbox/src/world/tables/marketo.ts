/**
 * Money is integer minor units (cents); instants are ISO 8601 UTC text (`2026-03-01T09:00:00Z`); dates are
 * `YYYY-MM-DD`; booleans are 0 or 1; ids are the vendor's own.
 */
export const marketoTables = `
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
  last_program_id INTEGER, last_program_name TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  title TEXT, phone TEXT, mobile_phone TEXT, website TEXT, industry TEXT, lead_status TEXT, city TEXT, state TEXT, country TEXT,
  postal_code TEXT, external_company_id TEXT, cookie TEXT);
CREATE TABLE mk_program_tag (program_id INTEGER NOT NULL REFERENCES mk_program(id), type TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (program_id, type)) WITHOUT ROWID;
-- one editable section; a draft waits to be approved
CREATE TABLE mk_email (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL, program_id INTEGER NOT NULL REFERENCES mk_program(id),
  html TEXT NOT NULL, text TEXT NOT NULL, draft_html TEXT, draft_text TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_list (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, program_id INTEGER REFERENCES mk_program(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_smart_list (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_list_member (list_id INTEGER NOT NULL, lead_id INTEGER NOT NULL, PRIMARY KEY (list_id, lead_id)) WITHOUT ROWID;
-- type: trigger or batch; only a requestable trigger campaign listens to the API
CREATE TABLE mk_campaign (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, type TEXT NOT NULL, is_active INTEGER NOT NULL,
  is_requestable INTEGER NOT NULL, program_id INTEGER REFERENCES mk_program(id), run_at TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_company (
  id INTEGER PRIMARY KEY, external_id TEXT NOT NULL UNIQUE, name TEXT, industry TEXT, website TEXT, main_phone TEXT, annual_revenue INTEGER,
  number_of_employees INTEGER, billing_city TEXT, billing_country TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_member (
  id INTEGER PRIMARY KEY, program_id INTEGER NOT NULL REFERENCES mk_program(id), lead_id INTEGER NOT NULL REFERENCES mk_lead(id),
  status TEXT NOT NULL, reached_success INTEGER NOT NULL, reached_success_at TEXT, acquired_by INTEGER NOT NULL,
  joined_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE mk_activity (
  id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL, at TEXT NOT NULL, type_id INTEGER NOT NULL, campaign_id INTEGER,
  primary_id INTEGER, primary_value TEXT, attributes TEXT NOT NULL);
CREATE TABLE mk_opportunity (
  external_id TEXT PRIMARY KEY, guid TEXT NOT NULL, name TEXT NOT NULL, amount INTEGER, stage TEXT NOT NULL, is_closed INTEGER NOT NULL,
  is_won INTEGER NOT NULL, close_date TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  external_created_at TEXT, description TEXT, type TEXT, source TEXT, probability INTEGER, expected_revenue INTEGER, external_company_id TEXT) WITHOUT ROWID;
CREATE TABLE mk_role (
  guid TEXT PRIMARY KEY, external_opportunity_id TEXT NOT NULL, lead_id INTEGER NOT NULL, role TEXT NOT NULL, is_primary INTEGER NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT, external_created_at TEXT) WITHOUT ROWID;
`;

/** Built after the rows are in: an index that exists during the inserts costs twice. */
export const marketoIndexes = `
CREATE INDEX mk_lead_account ON mk_lead(sf_account_id);
CREATE INDEX mk_lead_email ON mk_lead(lower(email));
CREATE INDEX mk_lead_company ON mk_lead(external_company_id);
CREATE INDEX mk_lead_contact ON mk_lead(sf_contact_id);
CREATE INDEX mk_lead_cookie ON mk_lead(cookie) WHERE cookie IS NOT NULL;
CREATE INDEX mk_member_program ON mk_member(program_id);
CREATE INDEX mk_member_lead ON mk_member(lead_id);
CREATE INDEX mk_list_member_lead ON mk_list_member(lead_id);
CREATE INDEX mk_activity_lead ON mk_activity(lead_id, at);
CREATE INDEX mk_activity_log ON mk_activity(at, id, type_id, lead_id);
CREATE INDEX mk_opportunity_guid ON mk_opportunity(guid);
CREATE INDEX mk_role_opportunity ON mk_role(external_opportunity_id);
CREATE INDEX mk_role_lead ON mk_role(lead_id);
`;
