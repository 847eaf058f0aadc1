import type { GraphQLNamedType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { getNamedType, Kind } from 'graphql';
import type { Json, JsonObject } from '../execute/json.ts';
import { isObject } from '../execute/json.ts';
import type { OperationParts } from '../prepare/operation.ts';

/** Where an answer tells how old something is: a path of response names, and those of the fields that change with time. */
export interface FreshnessPlace {
  path: readonly string[];
  age: ReadonlySet<string>;
  origin: ReadonlySet<string>;
}

const freshnessType = 'Freshness';

/**
 * Every place of an operation where it asks for `Freshness`. Null when another type's field can stand under the name of
 * one that changes with time: nothing would tell the two apart.
 */
export function findFreshness(
  { operation, fragments }: OperationParts,
  schema: GraphQLSchema,
): FreshnessPlace[] | null {
  const places = new Map<string, { path: string[]; age: Set<string>; origin: Set<string>; other: Set<string> }>();

  function walk({ selections }: SelectionSetNode, type: GraphQLNamedType, path: string[]) {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const condition = inner?.typeCondition?.name.value;
        if (inner) walk(inner.selectionSet, (condition && schema.getType(condition)) || type, path);
        continue;
      }
      const name = selection.name.value;
      const responseName = selection.alias?.value ?? name;
      if (!selection.selectionSet) {
        const key = JSON.stringify(path);
        const place = places.get(key) ?? { path, age: new Set(), origin: new Set(), other: new Set() };
        places.set(key, place);
        if (type.name !== freshnessType) place.other.add(responseName);
        else if (name === 'ageSeconds') place.age.add(responseName);
        else if (name === 'origin') place.origin.add(responseName);
        continue;
      }
      const field = 'getFields' in type ? type.getFields()[name] : undefined;
      if (field) walk(selection.selectionSet, getNamedType(field.type) as GraphQLNamedType, [...path, responseName]);
    }
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, []);
  const found = [...places.values()].filter(({ age, origin }) => age.size > 0 || origin.size > 0);
  const ambiguous = found.some(({ age, origin, other }) => [...age, ...origin].some((name) => other.has(name)));
  return ambiguous ? null : found;
}

/** The objects of an answer that stand at the places. */
export function* freshnessAt(
  data: unknown,
  places: readonly FreshnessPlace[],
): Generator<[JsonObject, FreshnessPlace]> {
  for (const place of places) for (const object of objectsAt(data as Json, place.path, 0)) yield [object, place];
}

function* objectsAt(value: Json, path: readonly string[], depth: number): Generator<JsonObject> {
  if (Array.isArray(value)) {
    for (const item of value) yield* objectsAt(item as Json, path, depth);
  } else if (isObject(value)) {
    const name = path[depth];
    if (name === undefined) yield value;
    else yield* objectsAt(value[name] as Json, path, depth + 1);
  }
}
