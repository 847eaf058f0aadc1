import type { DocumentNode, OperationDefinitionNode, VariableDefinitionNode } from 'graphql';
import { Kind, OperationTypeNode, parse, print, visit } from 'graphql';
import type { SubgraphAnswer } from '../subgraph/answer.ts';
import { readAnswer, SubgraphFailure } from '../subgraph/answer.ts';
import { printVariables } from './ask.ts';
import type { EntityPlaces } from './entities.ts';
import { findEntities, mergeEntities } from './entities.ts';
import { isObject } from './json.ts';
import type { PreparedFetch } from './prepared-fetch.ts';
import type { ReadAnswer } from './read-answer.ts';
import { answerFailure, readSubgraphAnswer } from './read-answer.ts';
import type { Run, Step } from './run.ts';
import { sendEntityFetch, sendFetch } from './send-fetch.ts';

interface Part {
  fetch: PreparedFetch;
  places: EntityPlaces;
}

/** Sends the entity fetches that one subgraph gets at one stage as one request. */
export function sendTogether(fetches: PreparedFetch[]): Step {
  const [first] = fetches;
  if (!first || fetches.length === 1) return (run) => (first ? sendFetch(first, run) : Promise.resolve());
  const head = `{"query":${JSON.stringify(print(joinDocuments(fetches)))},"variables":{`;
  const usages = new Set(fetches.flatMap(({ variableUsages }) => variableUsages));

  return async (run) => {
    const parts = fetches.map((fetch): Part => ({ fetch, places: findEntities(fetch, run) }));
    const filled = parts.filter(({ places }) => places.printed.length > 0);
    const [only] = filled;
    if (!only) return;
    if (filled.length === 1) return sendEntityFetch(only.fetch, only.places, run);
    const variables = [
      ...printVariables(usages, run),
      ...parts.map(({ places }, number) => `"representations_${number}":[${places.printed.join()}]`),
    ];
    const answers = await ask(first.service, parts, `${head}${variables.join()}}}`, run);
    parts.forEach(({ fetch, places }, number) => {
      const { data, errors } = answers[number] as ReadAnswer;
      if (places.printed.length > 0) mergeEntities(fetch, places, data?._entities, errors, run);
    });
  };
}

async function ask(service: string, parts: Part[], body: string, run: Run): Promise<ReadAnswer[]> {
  let answer: SubgraphAnswer | SubgraphFailure;
  try {
    const { status, text } = await run.send(service, body, 'query');
    answer = readAnswer(status, text);
  } catch (error) {
    answer = error instanceof SubgraphFailure ? error : new SubgraphFailure('malformed', String(error));
    run.log(service, answer);
  }
  return parts.map(({ fetch, places }, number) => {
    const read = { ...fetch, variables: run.variables, entities: places.printed.length };
    if (answer instanceof SubgraphFailure) return answerFailure(read, answer.kind);
    try {
      return readSubgraphAnswer(read, partOf(answer, `_${number}`), run);
    } catch (error) {
      run.log(service, error);
      return answerFailure(read, 'malformed');
    }
  });
}

/** What one of the joined fetches would have been answered alone. */
function partOf({ data, errors }: SubgraphAnswer, name: string): SubgraphAnswer {
  const own = (Array.isArray(errors) ? errors : []).flatMap((error) => {
    const path: unknown = isObject(error) ? error.path : undefined;
    if (!Array.isArray(path)) return [error];
    return path[0] === name ? [{ ...error, path: ['_entities', ...path.slice(1)] }] : [];
  });
  return {
    data: isObject(data) ? { _entities: data[name] } : data,
    ...(own.length > 0 ? { errors: own } : {}),
  };
}

/** One document out of several: each keeps its own list of representations, and its fragments under names of its own. */
function joinDocuments(fetches: PreparedFetch[]): DocumentNode {
  const documents = fetches.map(({ query }, number) => rename(parse(query, { noLocation: true }), number));
  const operations = documents.flatMap(({ definitions }) =>
    definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION),
  );
  const variables = new Map<string, VariableDefinitionNode>();
  for (const { variableDefinitions = [] } of operations) {
    for (const definition of variableDefinitions) variables.set(definition.variable.name.value, definition);
  }
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: [...variables.values()],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  const fragments = documents.flatMap(({ definitions }) =>
    definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION),
  );
  return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
}

function rename(document: DocumentNode, number: number): DocumentNode {
  const suffixed = <Node extends { name: { kind: Kind.NAME; value: string } }>(node: Node): Node => ({
    ...node,
    name: { kind: Kind.NAME, value: `${node.name.value}_${number}` },
  });
  return visit(document, {
    Variable: (node) => (node.name.value === 'representations' ? suffixed(node) : undefined),
    FragmentDefinition: { leave: (node) => suffixed(node) },
    FragmentSpread: (node) => suffixed(node),
    Field: (node) =>
      node.name.value === '_entities' ? { ...node, alias: { kind: Kind.NAME, value: `_${number}` } } : undefined,
  });
}
