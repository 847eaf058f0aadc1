import type { System } from '@customer360/kit/errors';
import { systemNames } from '@customer360/kit/errors';
import type { FieldNode, SelectionSetNode } from 'graphql';
import { getNullableType, isCompositeType, isListType, Kind, parse, valueFromASTUntyped } from 'graphql';
import { isSkipped, isTrue } from '../prepare/conditions.ts';
import type { Contract } from '../prepare/contract.ts';
import type { FailureKind } from '../subgraph/answer.ts';
import type { JsonObject } from './json.ts';
import type { PlanParts } from './parts.ts';
import type { FieldError, Told } from './run.ts';

const sentences: Record<FailureKind, string> = {
  unavailable: 'is temporarily unavailable. Try again in a moment.',
  timeout: 'did not answer in time. Try again in a moment.',
  malformed: 'sent an answer that could not be read. Try again in a moment.',
  canceled: 'was not asked to the end.',
};

export interface FailedFetch {
  query: string;
  variables: Readonly<Record<string, unknown>>;
}

type FailureParts = Pick<PlanParts, 'contract' | 'defaults'>;

/** What is told when a subgraph gave no usable answer. */
export function tellFailure(service: string, kind: FailureKind): Told {
  const source = service.toUpperCase().replaceAll('-', '_');
  const name = systemNames[source as System] ?? service;
  return { message: `${name} ${sentences[kind]}`, extensions: { code: `UPSTREAM_${kind.toUpperCase()}`, source } };
}

/**
 * Stands in for the answer that a failed fetch did not bring: one error for each field that will be missing, and of
 * the data only what the question itself tells, the key of an entity that was looked up by its key.
 */
export function answerFailedFetch(
  { contract, defaults }: FailureParts,
  fetch: FailedFetch,
  { message, extensions }: Told,
): { data: JsonObject | null; errors: FieldError[] } {
  const failure = (path: (string | number)[]): FieldError => ({ message, extensions, path });
  const document = parse(fetch.query, { noLocation: true });
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  const fieldsOf = (selectionSet: SelectionSetNode | undefined) =>
    askedFields(selectionSet, fragments, fetch.variables, defaults);
  const data: JsonObject = {};
  const errors: FieldError[] = [];

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const mutation = definition.operation === 'mutation';
    for (const root of fieldsOf(definition.selectionSet)) {
      const key = responseKey(root);
      const below = fieldsOf(root.selectionSet);
      const lookup = mutation ? undefined : contract.lookup(root.name.value);
      if (root.name.value === '_entities') {
        errors.push(...missing(below).map((name) => failure([key, 0, name])));
      } else if (mutation || !returnsObject(contract, root.name.value)) {
        data[key] = null;
        errors.push(failure([key]));
      } else {
        const known = lookup ? below.filter((field) => field.name.value === lookup.field) : [];
        const value = lookup && argumentOf(root, lookup.argument, fetch.variables);
        // A numeric id may be printed as a number; in the answer it is text again.
        if ((typeof value === 'string' || typeof value === 'number') && known.length > 0) {
          data[key] = Object.fromEntries(known.map((field) => [responseKey(field), String(value)]));
        }
        const lost = below.filter((field) => data[key] === undefined || field.name.value !== lookup?.field);
        errors.push(...missing(lost).map((name) => failure([key, name])));
      }
    }
  }
  // Nothing at all, rather than an object without entities, is what tells the executor that the fetch brought none.
  return { data: Object.keys(data).length > 0 ? data : null, errors };
}

const responseKey = (field: FieldNode) => field.alias?.value ?? field.name.value;

const missing = (fields: FieldNode[]): string[] => [
  ...new Set(fields.filter((field) => field.name.value !== '__typename').map(responseKey)),
];

/** The fields asked here, fragments and the caller's `@skip` and `@include` taken into account. */
function askedFields(
  selectionSet: SelectionSetNode | undefined,
  fragments: Map<string, SelectionSetNode>,
  variables: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (isSkipped(selection, (name) => isTrue(name, variables, defaults))) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value);
    return askedFields(inner, fragments, variables, defaults);
  });
}

function returnsObject(contract: Contract, rootField: string): boolean {
  const type = contract.schema.getQueryType()?.getFields()[rootField]?.type;
  if (!type) return false;
  const nullable = getNullableType(type);
  return !isListType(nullable) && isCompositeType(nullable);
}

function argumentOf(field: FieldNode, name: string, variables: Readonly<Record<string, unknown>>): unknown {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && valueFromASTUntyped(value, variables);
}
