import type { Json, JsonObject } from '../execute/json.ts';
import { isObject } from '../execute/json.ts';
import type { ResponsePath } from '../execute/paths.ts';
import type { Complete, DeferredShape, Violations } from '../execute/shape.ts';
import { bubble } from '../execute/shape.ts';

/** A deferred fragment of one object of the answer. */
export interface DeferredObject {
  deferred: DeferredShape;
  /** What the subgraphs brought for the object, and bring still. */
  source: JsonObject;
  path: ResponsePath;
}

export interface CompletePart {
  data: Json;
  /** What is to be answered later, below what has not turned out to be null. */
  later: DeferredObject[];
  /** Where a null stood that its type does not allow, at most twenty places. */
  violated: ResponsePath[];
}

/** Makes the answer of one part, whose object stands at `path` in the whole answer. */
export function completePart(complete: Complete, source: JsonObject, path: ResponsePath): CompletePart {
  const later: (DeferredObject & { object: JsonObject })[] = [];
  const violated: ResponsePath[] = [];
  const violations: Violations = {
    count: 0,
    path: [...path],
    note(_field, place) {
      if (violated.length < 20) violated.push(place);
    },
    noteDeferred: (deferred, inner, object) =>
      later.push({ deferred, source: inner, object, path: [...violations.path] }),
  };
  const shaped = complete(source, violations);
  const data = shaped === bubble ? null : shaped;
  const stands = ({ object, path: place }: (typeof later)[number]) =>
    valueAt(data, place.slice(path.length)) === object;
  return { data, later: later.filter(stands), violated };
}

function valueAt(value: Json, path: ResponsePath): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)];
    else if (isObject(found)) found = found[step];
    else return undefined;
  }
  return found;
}
