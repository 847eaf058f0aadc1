import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SupergraphSource } from './source.ts';

const settleMs = 50;

/** A supergraph on disk, looked at each second: watching by events misses files that are mounted or moved into place. */
export function createFileSource(path: string): SupergraphSource {
  let seen = '';
  return {
    name: path,
    everyMs: 1000,
    async read() {
      const found = await stamp(path);
      if (found === seen) return null;
      const settled = await settle(path, found);
      const text = await readFile(path, 'utf8');
      seen = settled;
      return text;
    },
  };
}

/** Somebody may still be writing: a file counts once it stays the same for a moment. */
async function settle(path: string, found: string): Promise<string> {
  await sleep(settleMs);
  const now = await stamp(path);
  return now === found ? now : settle(path, now);
}

async function stamp(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  return `${mtimeMs}:${size}:${ino}`;
}
