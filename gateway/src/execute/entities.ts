import type { PreparedFetch } from './compile-fetch.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import { mergeInto } from './merge.ts';
import type { ResponsePath } from './paths.ts';
import { objectsAt, pathsAt } from './paths.ts';
import type { FieldError, Run } from './run.ts';

/** The entities that a fetch is about, each asked for once however often it stands in the answer. */
export interface EntityPlaces {
  /** The distinct representations, as JSON. */
  printed: string[];
  /** Every object found, with the number of its representation; −1 for one that lacks something of its key. */
  objects: JsonObject[];
  numbers: number[];
}

export function findEntities({ path, represent, rewriteInput }: PreparedFetch, run: Run): EntityPlaces {
  const objects = objectsAt(run.data, path);
  const printed: string[] = [];
  const known = new Map<string, number>();
  const numbers = objects.map((object) => {
    const representation = represent?.(object);
    if (!representation || typeof representation.__typename !== 'string') return -1;
    rewriteInput?.(representation);
    const text = JSON.stringify(representation);
    const number = known.get(text) ?? printed.push(text) - 1;
    known.set(text, number);
    return number;
  });
  return { printed, objects, numbers };
}

/** Puts what came back for each representation where its objects are, and the errors at their places. */
export function mergeEntities(
  { path, rewriteOutput }: PreparedFetch,
  { objects, numbers }: EntityPlaces,
  entities: Json | undefined,
  errors: readonly FieldError[],
  run: Run,
) {
  if (errors.length > 0) placeErrors(errors, numbers, () => pathsAt(run.data, path), path, run);
  if (!Array.isArray(entities)) return;
  for (const entity of entities) if (isObject(entity)) rewriteOutput?.(entity);
  objects.forEach((object, index) => {
    const entity = entities[numbers[index] as number];
    if (isObject(entity)) mergeInto(object, entity);
  });
}

/** An error of one representation is told once, at the first place that it is missing from. */
function placeErrors(
  errors: readonly FieldError[],
  numbers: number[],
  findPaths: () => ResponsePath[],
  planPath: readonly string[],
  run: Run,
) {
  let paths: ResponsePath[] | undefined;
  for (const error of errors) {
    const [, number, ...rest] = error.path ?? [];
    paths ??= findPaths();
    const place = typeof number === 'number' ? paths[numbers.indexOf(number)] : undefined;
    const path = place ? [...place, ...rest] : planPath.filter((part) => part !== '@');
    run.errors.push({ ...error, path });
  }
}
