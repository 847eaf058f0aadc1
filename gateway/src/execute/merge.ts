import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';

/** Adds what one fetch brought to what others did. A null takes nothing away that another subgraph gave. */
export function mergeInto(target: JsonObject, source: JsonObject) {
  for (const name of Object.keys(source)) {
    if (name === '__proto__') continue;
    const value = source[name];
    if (value === undefined) continue;
    const known = Object.hasOwn(target, name) ? target[name] : undefined;
    target[name] = known === undefined || known === null ? value : merged(known, value);
  }
}

/**
 * Adds what a fetch of entities brought to one of them. A subgraph that knows only the interface of an entity gives the
 * interface's name as its type; an object that knows its own keeps it.
 */
export function mergeEntity(object: JsonObject, entity: JsonObject, isInterface: (typename: unknown) => boolean) {
  const known = Object.hasOwn(object, '__typename') ? object.__typename : undefined;
  mergeInto(object, entity);
  if (typeof known === 'string' && object.__typename !== known && isInterface(object.__typename)) {
    object.__typename = known;
  }
}

function merged(known: Json, value: Json): Json {
  if (value === null) return known;
  if (isObject(known) && isObject(value)) {
    mergeInto(known, value);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
    return known.map((item, index) => {
      const other = value[index] as Json;
      return item === null ? other : merged(item, other);
    });
  }
  return value;
}
