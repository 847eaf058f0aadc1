import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Passes on what a copy writes to standard error, its JSON lines with the number of the copy. What is not JSON is for
 * people; the last such line, which says why a copy ended, is returned by the function that this returns.
 */
export function followLog(stream: Readable | null, copy: number): () => string {
  let words = 'It ended without a word.';
  if (!stream) return () => words;
  createInterface({ input: stream }).on('line', (line) => {
    if (line.startsWith('{')) process.stderr.write(`{"copy":${copy},${line.slice(1)}\n`);
    else if (line.trim() !== '') words = line;
  });
  return () => words;
}
