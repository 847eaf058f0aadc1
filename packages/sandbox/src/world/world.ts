import { DatabaseSync } from 'node:sqlite';
import { createBooks } from './books.ts';
import { writeCompany } from './company.ts';
import { writeCustomers } from './customers.ts';
import { createInsert } from './inserts.ts';
import { writeJournals } from './journals.ts';
import { writePrograms } from './programs.ts';
import { createStreams } from './random.ts';
import { marketoIndexes, marketoTables } from './tables/marketo.ts';
import { netsuiteIndexes, netsuiteTables } from './tables/netsuite.ts';
import { salesforceIndexes, salesforceTables } from './tables/salesforce.ts';
import type { WorldFile } from './world-file.ts';
import { openWorldFile } from './world-file.ts';

export interface WorldOptions {
  /** @default 1 */
  seed?: number;
  /** Number of Salesforce accounts; everything else grows with it. @default 500 */
  size?: number;
  /** The day that the world calls today, `YYYY-MM-DD`. @default the real one, in UTC */
  today?: string;
  /** Where large worlds are kept between starts; without it every world is made anew, in memory. */
  cacheFolder?: string;
  /** Told how far the making of a large world is, from 0 to 1. */
  onProgress?: (share: number) => void;
}

/** One company's customers as three systems know them: the same seed, size and day give the same rows. */
export interface World {
  db: DatabaseSync;
  seed: number;
  size: number;
  today: string;
  close(): void;
}

/** A world of this size takes seconds to make, and is worth a file. */
const largeSize = 5000;

export function openWorld(options: WorldOptions = {}): World {
  const { seed = 1, size = 500, today = new Date().toISOString().slice(0, 10), cacheFolder, onProgress } = options;
  const fill = (db: DatabaseSync) => fillWorld(db, { seed, size, today, onProgress });
  const file =
    cacheFolder && size >= largeSize ? openWorldFile(cacheFolder, `${today}-${size}-${seed}`, fill) : inMemory(fill);
  return { ...file, seed, size, today };
}

function inMemory(fill: (db: DatabaseSync) => void): WorldFile {
  const db = new DatabaseSync(':memory:');
  fill(db);
  return { db, close: () => db.close() };
}

interface Filling {
  seed: number;
  size: number;
  today: string;
  onProgress: ((share: number) => void) | undefined;
}

function fillWorld(db: DatabaseSync, { seed, size, today, onProgress }: Filling) {
  const insert = createInsert(db);
  const streams = createStreams(seed);

  db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  for (const tables of [salesforceTables, netsuiteTables, marketoTables]) db.exec(tables);
  db.exec('BEGIN');
  for (const [key, value] of Object.entries({ seed, size, today })) insert('meta', { key, value: String(value) });
  const company = writeCompany(insert, streams, today);
  const books = createBooks(insert, company.accounts);
  const programs = writePrograms(insert, streams('programs', 0), today);
  writeCustomers({ insert, streams, today, size, company, books, programs }, onProgress);
  writeJournals(insert, today, company, books);
  db.exec('COMMIT');
  for (const indexes of [salesforceIndexes, netsuiteIndexes, marketoIndexes]) db.exec(indexes);
  db.exec('ANALYZE');
}
