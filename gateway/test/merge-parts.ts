import type { Delivery } from '../src/defer/tell.ts';
import type { Json } from '../src/execute/json.ts';
import { isObject } from '../src/execute/json.ts';

/** What a client has once all parts of an answer are there. */
export function mergeParts([first, ...others]: Delivery[]): { data: Json; errors: unknown[] } {
  let data = structuredClone(first?.data ?? null);
  const errors: unknown[] = [...(first?.errors ?? [])];
  for (const { incremental = [] } of others) {
    for (const { path, data: part, errors: more = [] } of incremental) {
      errors.push(...more);
      if (part !== null) data = mergedAt(data, path, part);
    }
  }
  return { data, errors };
}

function mergedAt(value: Json, [step, ...rest]: (string | number)[], part: Json): Json {
  if (step === undefined) return merged(value, part);
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? mergedAt(item, rest, part) : item));
  }
  if (!isObject(value)) throw new Error(`Nothing stands at ${step}.`);
  return { ...value, [step]: mergedAt(value[step] ?? null, rest, part) };
}

function merged(value: Json, part: Json): Json {
  if (Array.isArray(value) && Array.isArray(part)) {
    return part.map((item, index) => merged(value[index] ?? null, item));
  }
  if (!isObject(value) || !isObject(part)) return part;
  const both = { ...value };
  for (const [name, inner] of Object.entries(part)) both[name] = merged(both[name] ?? null, inner as Json);
  return both;
}
