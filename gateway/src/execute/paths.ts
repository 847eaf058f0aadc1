import type { Json, JsonObject } from './json.ts';
import { isObject, own } from './json.ts';

/** A place in a plan: response names, and `@` for every item of a list. */
export type PlanPath = readonly string[];
export type ResponsePath = (string | number)[];

/** The objects at a place, in order, nulls left out. */
export function objectsAt(data: JsonObject, path: PlanPath): JsonObject[] {
  const found: JsonObject[] = [];
  collect(data, path, 0, found);
  return found;
}

function collect(value: Json | undefined, path: PlanPath, index: number, found: JsonObject[]) {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const next = path[index] === '@' ? index + 1 : index;
    for (const item of value) collect(item, path, next, found);
  } else if (isObject(value)) {
    if (index === path.length) found.push(value);
    else collect(own(value, path[index] as string), path, index + 1, found);
  }
}

/** Where the objects of `objectsAt` are, in the same order. */
export function pathsAt(data: JsonObject, path: PlanPath): ResponsePath[] {
  const found: ResponsePath[] = [];
  trace(data, path, 0, [], found);
  return found;
}

function trace(value: Json | undefined, path: PlanPath, index: number, at: ResponsePath, found: ResponsePath[]) {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const next = path[index] === '@' ? index + 1 : index;
    value.forEach((item, position) => {
      trace(item, path, next, [...at, position], found);
    });
  } else if (isObject(value)) {
    if (index === path.length) found.push(at);
    else trace(own(value, path[index] as string), path, index + 1, [...at, path[index] as string], found);
  }
}

/** An object with what it stands in, outermost first. */
export interface Place {
  object: JsonObject;
  around: readonly JsonObject[];
  path: ResponsePath;
}

/** The objects at a place, each with the objects around it. */
export function placesAt(data: JsonObject, path: PlanPath): Place[] {
  const found: Place[] = [];
  const walk = (value: Json | undefined, index: number, around: readonly JsonObject[], at: ResponsePath) => {
    if (Array.isArray(value)) {
      const next = path[index] === '@' ? index + 1 : index;
      value.forEach((item, position) => {
        walk(item, next, around, [...at, position]);
      });
    } else if (isObject(value)) {
      const name = path[index];
      if (name === undefined) found.push({ object: value, around, path: at });
      else walk(own(value, name), index + 1, [...around, value], [...at, name]);
    }
  };
  walk(data, 0, [], []);
  return found;
}
