import { createHash, randomUUID } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface WorldFile {
  db: DatabaseSync;
  close(): void;
}

/**
 * Opens a copy of a world that is kept as a file, made first if there is none. Whoever opens it may write: the copy is
 * deleted when it is closed, and the next start finds the world as it was made.
 */
export function openWorldFile(folder: string, name: string, fill: (db: DatabaseSync) => void): WorldFile {
  mkdirSync(folder, { recursive: true });
  const kept = join(folder, `world-${name}-${sourceHash()}.sqlite`);
  if (!existsSync(kept)) {
    for (const file of readdirSync(folder)) if (isForgotten(folder, file)) rmSync(join(folder, file));
    const making = join(folder, `making-${process.pid}-${randomUUID()}.sqlite`);
    const db = new DatabaseSync(making);
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536');
    fill(db);
    db.close();
    renameSync(making, kept);
  }
  const copy = join(folder, `open-${process.pid}-${randomUUID()}.sqlite`);
  // Copied by reference where the file system can.
  copyFileSync(kept, copy, constants.COPYFILE_FICLONE);
  const db = new DatabaseSync(copy);
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536');
  // The open file lives on without its name, and is gone with the process however that ends.
  if (process.platform !== 'win32') rmSync(copy);
  return { db, close: () => db.close() };
}

/** Worlds of older code and days, and what a process that died has left; never what another is making just now. */
function isForgotten(folder: string, file: string): boolean {
  if (/^world-.*\.sqlite$/.test(file)) return true;
  return /^(making|open)-/.test(file) && Date.now() - statSync(join(folder, file)).mtimeMs > 3_600_000;
}

/** Changes with the code that makes worlds, so that a file of older code is not used. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const sources = [import.meta.dirname, join(import.meta.dirname, 'tables')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => join(folder, file)),
  );
  for (const file of sources) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
