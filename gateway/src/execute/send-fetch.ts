import { ask, askFor, printVariables } from './ask.ts';
import type { EntityPlaces } from './entities.ts';
import { findEntities, mergeEntities } from './entities.ts';
import { sendInContext } from './fetch-in-context.ts';
import type { JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import { objectsAt } from './paths.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { Run } from './run.ts';

export async function sendFetch(fetch: PreparedFetch, run: Run): Promise<void> {
  if (fetch.context) return sendInContext(fetch, fetch.context, run);
  if (fetch.ofEntities) return sendEntityFetch(fetch, findEntities(fetch, run), run);
  const targets = objectsAt(run.data, fetch.path);
  if (targets.length === 0) return;
  const body = `${fetch.head}${printVariables(fetch.variableUsages, run).join()}}}`;
  const read = { ...fetch, variables: run.variables, entities: null };
  const answer = await ask(read, body, run);
  if (answer.data && fetch.path.length === 0) noteAbsent(run, answer.data, answer.errors);
  for (const error of answer.errors)
    run.errors.push(error.path ? { ...error, path: [...fetch.path, ...error.path] } : error);
  if (!answer.data) return;
  fetch.rewriteOutput?.(answer.data);
  for (const target of targets) mergeInto(target, answer.data);
}

/** The same for entities that are found already. */
export async function sendEntityFetch(fetch: PreparedFetch, places: EntityPlaces, run: Run): Promise<void> {
  const { printed } = places;
  if (printed.length === 0) return;
  const variables = [...printVariables(fetch.variableUsages, run), `"representations":[${printed.join()}]`];
  const { data, errors } = await askFor(fetch, printed.length, variables, run);
  mergeEntities(fetch, places, data?._entities, errors, run);
}

/** A root field that several subgraphs answer together does not exist as soon as one of them says so. */
function noteAbsent(run: Run, data: JsonObject, errors: { path?: (string | number)[] }[]) {
  for (const [field, value] of Object.entries(data)) {
    if (value === null && !errors.some(({ path }) => !path || path[0] === field)) run.absent.add(field);
  }
}
