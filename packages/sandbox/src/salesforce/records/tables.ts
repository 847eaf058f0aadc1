const stamps = `created_at TEXT NOT NULL, modified_at TEXT NOT NULL, created_by TEXT NOT NULL,
  modified_by TEXT NOT NULL, external_id TEXT`;

/** What only this vendor's clients write and the world does not begin with. */
export const ownTables = `
CREATE TABLE IF NOT EXISTS sf_lead (
  id TEXT PRIMARY KEY, last_name TEXT NOT NULL, first_name TEXT, company TEXT NOT NULL, title TEXT, street TEXT,
  city TEXT, state TEXT, postal_code TEXT, country TEXT, phone TEXT, mobile_phone TEXT, email TEXT, website TEXT,
  description TEXT, lead_source TEXT, status TEXT NOT NULL, industry TEXT, rating TEXT, annual_revenue INTEGER,
  employees INTEGER, has_opted_out INTEGER NOT NULL DEFAULT 0, owner_id TEXT NOT NULL, ${stamps}) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sf_streaming_channel (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT, ${stamps}) WITHOUT ROWID;
`;
