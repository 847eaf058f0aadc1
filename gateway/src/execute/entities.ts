import type { Json, JsonObject } from './json.ts';
import { isObject, own } from './json.ts';
import { mergeEntity } from './merge.ts';
import type { ResponsePath } from './paths.ts';
import { objectsAt, pathsAt } from './paths.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { FieldError, Run } from './run.ts';

/** The entities that a fetch is about, each asked for once however often it stands in the answer. */
export interface EntityPlaces {
  /** The distinct representations, as JSON. */
  printed: string[];
  /** The objects in the order of their places; what earlier fetches shared stands here as often as in the answer. */
  objects: JsonObject[];
  /** The representation of each distinct object, by number; −1 for one that lacks something of its key. */
  numbers: Map<JsonObject, number>;
}

/** Numbers the distinct representations of objects as they come; −1 for an object that lacks something of its key. */
export function createNumbering(print: PreparedFetch['print']) {
  const printed: string[] = [];
  const byText = new Map<string, number>();
  const numberOf = (object: JsonObject) => {
    const text = print(object);
    if (text === null) return -1;
    const known = byText.get(text);
    if (known !== undefined) return known;
    byText.set(text, printed.length);
    return printed.push(text) - 1;
  };
  return { printed, numberOf };
}

export function findEntities({ path, alsoAt, print }: PreparedFetch, run: Run): EntityPlaces {
  const objects = [path, ...alsoAt].flatMap((each) => objectsAt(run.data, each));
  const numbers = new Map<JsonObject, number>();
  const byLeaf = new Map<Json | undefined, Map<Json | undefined, number>>();
  const { leaf } = print;
  const { printed, numberOf } = createNumbering(print);

  /** The same without printing what was printed before. */
  const numberByLeaf = (object: JsonObject, name: string) => {
    const type = own(object, '__typename');
    const value = own(object, name);
    const ofType = byLeaf.get(type) ?? new Map<Json | undefined, number>();
    const known = ofType.get(value);
    if (known !== undefined) return known;
    const number = numberOf(object);
    ofType.set(value, number);
    byLeaf.set(type, ofType);
    return number;
  };

  for (const object of objects) {
    if (!numbers.has(object)) numbers.set(object, leaf === undefined ? numberOf(object) : numberByLeaf(object, leaf));
  }
  return { printed, objects, numbers };
}

/** Puts what came back for each representation where its objects are, and the errors at their places. */
export function mergeEntities(
  { path, alsoAt, rewriteOutput, parts }: PreparedFetch,
  { objects, numbers }: EntityPlaces,
  entities: Json | undefined,
  errors: readonly FieldError[],
  run: Run,
) {
  if (errors.length > 0) {
    const numberAt = objects.map((object) => numbers.get(object) ?? -1);
    const findPaths = () => [path, ...alsoAt].flatMap((each) => pathsAt(run.data, each));
    placeErrors(errors, numberAt, findPaths, path, run);
  }
  if (!Array.isArray(entities)) return;
  if (rewriteOutput) for (const entity of entities) if (isObject(entity)) rewriteOutput(entity);
  for (const [object, number] of numbers) {
    const entity = entities[number];
    if (isObject(entity)) mergeEntity(object, parts.inContext ? structuredClone(entity) : entity, parts.isInterface);
  }
}

/** An error of one representation is told once, at the first place that it is missing from. */
function placeErrors(
  errors: readonly FieldError[],
  numberAt: number[],
  findPaths: () => ResponsePath[],
  planPath: readonly string[],
  run: Run,
) {
  let paths: ResponsePath[] | undefined;
  for (const error of errors) {
    const [, number, ...rest] = error.path ?? [];
    paths ??= findPaths();
    const place = typeof number === 'number' ? paths[numberAt.indexOf(number)] : undefined;
    const path = place ? [...place, ...rest] : planPath.filter((part) => part !== '@');
    run.errors.push({ ...error, path });
  }
}
