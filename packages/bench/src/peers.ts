import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder } from './candidates.ts';

/** Installs the peers once for each lockfile, into their own folder. */
export function ensurePeers(say: (line: string) => void) {
  const stampFile = join(peersFolder, 'node_modules', '.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(peersFolder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  say('Installing the peers, once; this takes a minute.');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: peersFolder, stdio: 'inherit' });
  writeFileSync(stampFile, wanted);
}
