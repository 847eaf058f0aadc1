import { readFileSync } from 'node:fs';

/** The text of an operation in `packages/testing/operations`. */
export function readOperation(name: string): string {
  return readFileSync(new URL(`../operations/${name}.graphql`, import.meta.url), 'utf8');
}
