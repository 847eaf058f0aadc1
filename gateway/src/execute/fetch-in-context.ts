import { askFor, printVariables } from './ask.ts';
import type { Context } from './context.ts';
import { createNumbering } from './entities.ts';
import type { JsonObject } from './json.ts';
import { isObject } from './json.ts';
import { mergeEntity } from './merge.ts';
import type { Place } from './paths.ts';
import { placesAt } from './paths.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { Run } from './run.ts';

/** Entities in the same context are asked for together: the same one in another context is another question. */
export async function sendInContext(fetch: PreparedFetch, context: Context, run: Run): Promise<void> {
  const groups = Map.groupBy(placesAt(run.data, fetch.path), (place) => context.print(place));
  await Promise.all([...groups].map(([values, places]) => sendGroup(fetch, values, context, places, run)));
}

async function sendGroup(fetch: PreparedFetch, values: string, { names }: Context, places: Place[], run: Run) {
  const { printed, numberOf } = createNumbering(fetch.print);
  const numbers = places.map(({ object }) => numberOf(object));
  if (printed.length === 0) return;
  const usages = fetch.variableUsages.filter((name) => !names.has(name));
  const variables = [...printVariables(usages, run), values, `"representations":[${printed.join()}]`].filter(Boolean);
  const { data, errors } = await askFor(fetch, printed.length, variables, run);
  for (const error of errors) {
    const [, number, ...rest] = error.path ?? [];
    const place = places[typeof number === 'number' ? numbers.indexOf(number) : 0];
    run.errors.push({ ...error, path: [...(place?.path ?? []), ...rest] });
  }
  const entities = data?._entities;
  if (!Array.isArray(entities)) return;
  for (const entity of entities) fetch.rewriteOutput?.(entity);
  places.forEach(({ object }, index) => {
    const entity = entities[numbers[index] as number];
    // Never shared between places: what is fetched next may depend on where it stands.
    if (isObject(entity)) mergeEntity(object, structuredClone(entity) as JsonObject, fetch.parts.isInterface);
  });
}
