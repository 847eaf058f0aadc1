import type {
  FieldNode,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { isAbstractType, Kind } from 'graphql';
import type { DeferredNode } from '../defer/directive.ts';
import type { OperationParts } from '../prepare/operation.ts';

export type Fielded = GraphQLObjectType | GraphQLInterfaceType;

export interface CollectParts extends OperationParts {
  schema: GraphQLSchema;
  /** Whether `@skip` and `@include` let a node through, for one set of their variables. */
  isIncluded(node: SelectionNode): boolean;
  /** Whether a fragment is left out to be answered later; none is where the answer is whole. */
  isDeferred?(node: SelectionNode): node is DeferredNode;
}

export interface Collected {
  fields: [string, FieldNode[]][];
  deferred: [DeferredNode, SelectionSetNode][];
}

/** The fields of a type by the plan's response names, in the caller's order, and the fragments to be answered later. */
export function collectFields(type: Fielded, sets: readonly SelectionSetNode[], parts: CollectParts): Collected {
  const fields = new Map<string, FieldNode[]>();
  const deferred = new Map<DeferredNode, SelectionSetNode>();
  const walk = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (!parts.isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const known = fields.get(name);
        if (known) known.push(selection);
        else fields.set(name, [selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : parts.fragments.get(selection.name.value);
      if (!fragment || !applies(fragment.typeCondition?.name.value, type, parts.schema)) continue;
      if (parts.isDeferred?.(selection)) deferred.set(selection, fragment.selectionSet);
      else walk(fragment.selectionSet);
    }
  };
  for (const set of sets) walk(set);
  return { fields: [...fields], deferred: [...deferred] };
}

function applies(condition: string | undefined, type: Fielded, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wider = schema.getType(condition);
  return isAbstractType(wider) && schema.isSubType(wider, type);
}
