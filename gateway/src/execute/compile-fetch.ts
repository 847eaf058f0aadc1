import type { FetchNode } from '@apollo/query-planner';
import { Refusal } from '../prepare/refusal.ts';
import { readAnswer, SubgraphFailure } from '../subgraph/answer.ts';
import type { EntityPlaces } from './entities.ts';
import { findEntities, mergeEntities } from './entities.ts';
import type { JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import type { PlanParts } from './parts.ts';
import type { PlanPath } from './paths.ts';
import { objectsAt } from './paths.ts';
import type { PrintRepresentation } from './print-representation.ts';
import { compilePrint } from './print-representation.ts';
import type { ReadFetch } from './read-answer.ts';
import { answerFailure, readSubgraphAnswer } from './read-answer.ts';
import { compileRepresentation } from './representations.ts';
import type { Rewrite } from './rewrites.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run } from './run.ts';

/** One fetch of a plan. */
export interface PreparedFetch {
  service: string;
  /** Where in the answer its data goes. */
  path: PlanPath;
  kind: FetchNode['operationKind'];
  query: string;
  /** The request up to its variables, as JSON. */
  head: string;
  variableUsages: readonly string[];
  /** Prints what identifies an entity to the subgraph; for a fetch of root fields, nothing. */
  print: PrintRepresentation;
  /** Whether it fetches more of entities that are there. */
  ofEntities: boolean;
  rewriteOutput: Rewrite | null;
  parts: PlanParts;
}

/** @throws {Refusal} for a fetch that takes values from around its entity, which is not supported */
export function compileFetch(node: FetchNode, path: PlanPath, parts: PlanParts): PreparedFetch {
  if (node.contextRewrites?.length) {
    throw new Refusal(
      'GRAPHQL_VALIDATION_FAILED',
      'Fields that take arguments from their context are not answered here.',
    );
  }
  const { serviceName, operation, operationName, operationKind, requires, variableUsages = [] } = node;
  const name = operationName ? `"operationName":${JSON.stringify(operationName)},` : '';
  return {
    service: serviceName,
    path,
    kind: operationKind,
    query: operation,
    head: `{${name}"query":${JSON.stringify(operation)},"variables":{`,
    variableUsages,
    print: compileRequires(node, parts),
    ofEntities: requires !== undefined,
    rewriteOutput: compileRewrites(node.outputRewrites, parts.isOfType),
    parts,
  };
}

function compileRequires({ requires, inputRewrites }: FetchNode, { isOfType }: PlanParts): PrintRepresentation {
  if (!requires) return () => null;
  const rewrite = compileRewrites(inputRewrites, isOfType);
  const direct = rewrite ? null : compilePrint(requires, isOfType);
  if (direct) return direct;
  const represent = compileRepresentation(requires, isOfType);
  return (entity) => {
    const representation = represent(entity);
    if (!representation || typeof representation.__typename !== 'string') return null;
    rewrite?.(representation);
    return JSON.stringify(representation);
  };
}

/** The caller's variables that a fetch uses, as the inside of a JSON object. */
export function printVariables(usages: Iterable<string>, { variables }: Run): string[] {
  const printed: string[] = [];
  for (const name of usages) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) printed.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  return printed;
}

export async function sendFetch(fetch: PreparedFetch, run: Run): Promise<void> {
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

async function sendEntityFetch(fetch: PreparedFetch, places: EntityPlaces, run: Run): Promise<void> {
  const { printed } = places;
  if (printed.length === 0) return;
  const variables = [...printVariables(fetch.variableUsages, run), `"representations":[${printed.join()}]`];
  const read = { ...fetch, variables: run.variables, entities: printed.length };
  const { data, errors } = await ask(read, `${fetch.head}${variables.join()}}}`, run);
  mergeEntities(fetch, places, data?._entities, errors, run);
}

async function ask(read: ReadFetch & PreparedFetch, body: string, run: Run) {
  try {
    const { status, text } = await run.send(read.service, body, read.kind);
    return readSubgraphAnswer(read, readAnswer(status, text), run);
  } catch (error) {
    run.log(read.service, error);
    return answerFailure(read, error instanceof SubgraphFailure ? error.kind : 'malformed');
  }
}

/** A root field that several subgraphs answer together does not exist as soon as one of them says so. */
function noteAbsent(run: Run, data: JsonObject, errors: { path?: (string | number)[] }[]) {
  for (const [field, value] of Object.entries(data)) {
    if (value === null && !errors.some(({ path }) => !path || path[0] === field)) run.absent.add(field);
  }
}
