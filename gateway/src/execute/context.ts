import type { FetchDataKeyRenamer } from '@apollo/query-planner';
import type { Json } from './json.ts';
import { isObject, own } from './json.ts';
import type { Place } from './paths.ts';
import { fragment } from './rewrites.ts';
import type { IsOfType } from './types.ts';

/** Reads what a fetch takes from around an entity (`@fromContext`), as the inside of a JSON object. */
export interface Context {
  names: ReadonlySet<string>;
  print(place: Place): string;
}

export function compileContext(
  rewrites: readonly FetchDataKeyRenamer[] | undefined,
  isOfType: IsOfType,
): Context | null {
  if (!rewrites || rewrites.length === 0) return null;
  const names = new Set(rewrites.map(({ renameKeyTo }) => renameKeyTo));
  return {
    names,
    print(place) {
      const values = new Map<string, Json>();
      for (const { path, renameKeyTo } of rewrites) {
        const value = readAround(place, path, isOfType);
        if (value !== undefined && !values.has(renameKeyTo)) values.set(renameKeyTo, value);
      }
      return [...values].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join();
    },
  };
}

function readAround({ object, around }: Place, path: readonly string[], isOfType: IsOfType): Json | undefined {
  const up = path.findIndex((step) => step !== '..');
  let value: Json | undefined = up === 0 ? object : around.at(-up);
  for (const step of path.slice(up)) {
    if (!isObject(value)) return undefined;
    if (!step.startsWith(fragment)) value = own(value, step);
    else if (!isOfType(value.__typename, step.slice(fragment.length), true)) return undefined;
  }
  return value;
}
