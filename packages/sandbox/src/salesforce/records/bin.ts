import type { DatabaseSync } from 'node:sqlite';
import { SalesforceError } from '../errors.ts';
import type { SObject } from '../schema/objects.ts';
import { allObjects, findObject } from '../schema/objects.ts';
import { ownTables } from './tables.ts';

/** What goes with a deleted record, by the column that points at it. */
const cascades: Record<string, [object: string, column: string][]> = {
  Account: [
    ['Task', 'what_id'],
    ['Event', 'what_id'],
    ['Opportunity', 'account_id'],
    ['Contact', 'account_id'],
  ],
  Contact: [['CampaignMember', 'contact_id']],
  Lead: [
    ['Task', 'who_id'],
    ['Event', 'who_id'],
  ],
  Opportunity: [
    ['Task', 'what_id'],
    ['Event', 'what_id'],
    ['OpportunityHistory', 'opportunity_id'],
  ],
  Case: [
    ['Task', 'what_id'],
    ['Event', 'what_id'],
  ],
  Campaign: [['CampaignMember', 'campaign_id']],
};

/** What only loses its link to a deleted record. */
const detached: Record<string, [table: string, column: string][]> = {
  Account: [
    ['sf_account', 'parent_id'],
    ['sf_task', 'account_id'],
    ['sf_event', 'account_id'],
  ],
  Contact: [
    ['sf_contact', 'reports_to_id'],
    ['sf_task', 'who_id'],
    ['sf_event', 'who_id'],
  ],
  Campaign: [['sf_opportunity', 'campaign_id']],
  Case: [['sf_case', 'parent_id']],
};

/** What keeps a record from being deleted. */
const holders: Record<string, [sql: string, what: string][]> = {
  Account: [
    ['SELECT 1 FROM sf_case WHERE account_id = ? LIMIT 1', 'cases'],
    ['SELECT 1 FROM sf_opportunity WHERE account_id = ? AND is_won = 1 LIMIT 1', 'closed won opportunities'],
  ],
  Contact: [['SELECT 1 FROM sf_case WHERE contact_id = ? LIMIT 1', 'cases']],
};

export interface Bin {
  /** Moves a record and all that goes with it out of the tables; tells each record before it goes. */
  throwAway(object: SObject, id: string, now: string, leaving: (object: SObject, id: string) => void): void;
  /** Moves a record and all that went with it back; tells each record once it is there. */
  takeOut(object: SObject, id: string, back: (object: SObject, id: string) => void): void;
}

/** Deleted records are kept in tables of their own, so that whoever reads the world does not meet them. */
export function createBin(db: DatabaseSync): Bin {
  db.exec(ownTables);
  for (const { table } of allObjects()) {
    if (table) db.exec(`CREATE TABLE IF NOT EXISTS ${table}_deleted AS SELECT * FROM ${table} WHERE 0`);
  }

  function throwAway(object: SObject, id: string, now: string, leaving: (object: SObject, id: string) => void) {
    const { name, table } = object;
    for (const [sql, what] of holders[name] ?? []) {
      if (db.prepare(sql).get(id) === undefined) continue;
      const message = `Your attempt to delete ${id} could not be completed because it is associated with the following ${what}.`;
      throw new SalesforceError(400, 'DELETE_FAILED', message, []);
    }
    for (const [child, column] of cascades[name] ?? []) {
      const childObject = findObject(child);
      if (!childObject?.table) continue;
      const rows = db.prepare(`SELECT id FROM ${childObject.table} WHERE ${column} = ?`).all(id);
      for (const row of rows) throwAway(childObject, String(row.id), now, leaving);
    }
    for (const [other, column] of detached[name] ?? []) {
      db.prepare(`UPDATE ${other} SET ${column} = NULL WHERE ${column} = ?`).run(id);
    }
    leaving(object, id);
    db.prepare(`INSERT INTO ${table}_deleted SELECT * FROM ${table} WHERE id = ?`).run(id);
    if (name !== 'OpportunityHistory') {
      db.prepare(`UPDATE ${table}_deleted SET modified_at = ? WHERE id = ?`).run(now, id);
    }
    db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
  }
  function takeOut(object: SObject, id: string, back: (object: SObject, id: string) => void) {
    const { name, table } = object;
    const deletedAt = db.prepare(`SELECT * FROM ${table}_deleted WHERE id = ?`).get(id)?.modified_at;
    db.prepare(`INSERT INTO ${table} SELECT * FROM ${table}_deleted WHERE id = ?`).run(id);
    db.prepare(`DELETE FROM ${table}_deleted WHERE id = ?`).run(id);
    back(object, id);
    for (const [child, column] of cascades[name] ?? []) {
      const childObject = findObject(child);
      if (!childObject?.table) continue;
      const rows = db.prepare(`SELECT * FROM ${childObject.table}_deleted WHERE ${column} = ?`).all(id);
      // What was deleted before stays in the bin.
      const together = rows.filter((row) => row.modified_at === undefined || row.modified_at === deletedAt);
      for (const row of together) takeOut(childObject, String(row.id), back);
    }
  }
  return { throwAway, takeOut };
}
