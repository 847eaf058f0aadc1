import type { FieldNode, SelectionSetNode } from 'graphql';
import { executeSync, Kind, OperationTypeNode } from 'graphql';
import type { Json, JsonObject } from '../execute/json.ts';
import type { Graph } from './graph.ts';
import type { OperationParts } from './operation.ts';

/** Answers what an operation asks of the schema itself. */
export type Introspect = (variables: Readonly<Record<string, unknown>>) => JsonObject;

/** Null when the operation asks nothing of the schema. */
export function compileIntrospection({ schema }: Graph, { operation, fragments }: OperationParts): Introspect | null {
  const fields = [...metaFields(operation.selectionSet, fragments)];
  if (fields.length === 0) return null;
  const document = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operation,
        operation: OperationTypeNode.QUERY,
        directives: [],
        selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
      },
      ...fragments.values(),
    ],
  } as const;
  return (variables) => {
    const { data } = executeSync({ schema, document, variableValues: variables });
    return (data ?? {}) as Record<string, Json>;
  };
}

function* metaFields(set: SelectionSetNode, fragments: OperationParts['fragments']): Generator<FieldNode> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value === '__schema' || selection.name.value === '__type') yield selection;
      continue;
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (inner) yield* metaFields(inner.selectionSet, fragments);
  }
}
