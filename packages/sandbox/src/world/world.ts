import { DatabaseSync } from 'node:sqlite';
import { writeCompany } from './company.ts';
import { writeCustomers } from './customers.ts';
import { createInsert } from './inserts.ts';
import { writeLedger } from './ledger.ts';
import { writePrograms } from './programs.ts';
import { createRandom } from './random.ts';
import { indexes, tables } from './tables.ts';

export interface WorldOptions {
  /** @default 1 */
  seed?: number;
  /** Number of Salesforce accounts; everything else grows with it. @default 500 */
  size?: number;
  /** The day that the world calls today, `YYYY-MM-DD`. @default the real one, in UTC */
  today?: string;
}

/** One company's customers as three systems know them: the same seed, size and day give the same rows. */
export interface World {
  db: DatabaseSync;
  seed: number;
  size: number;
  today: string;
}

export function openWorld(options: WorldOptions = {}): World {
  const { seed = 1, size = 500, today = new Date().toISOString().slice(0, 10) } = options;
  const db = new DatabaseSync(':memory:');
  const random = createRandom(seed);
  const insert = createInsert(db);

  db.exec(tables);
  db.exec('BEGIN');
  for (const [key, value] of Object.entries({ seed, size, today })) insert('meta', { key, value: String(value) });
  const company = writeCompany(insert, today);
  const programs = writePrograms(insert, random, today);
  const flows = writeCustomers({ insert, random, today, size, company, programs });
  writeLedger(insert, today, company, flows);
  db.exec('COMMIT');
  db.exec(indexes);
  db.exec('ANALYZE');

  return { db, seed, size, today };
}
