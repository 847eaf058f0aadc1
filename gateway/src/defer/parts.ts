import type { FieldNode, GraphQLNamedType, GraphQLSchema, SelectionNode, SelectionSetNode } from 'graphql';
import { getNamedType, isAbstractType, Kind } from 'graphql';
import type { OperationParts } from '../prepare/operation.ts';
import type { DeferredNode } from './directive.ts';

/** What is answered at one time: the operation without its deferred fragments, or such a fragment at one place. */
export interface Part {
  /** None for what is answered first. */
  node: DeferredNode | null;
  /** The values it shows, by the plan's response names; nothing tells the items of a list apart. */
  leaves: Set<string>;
  /** The objects and lists that it shows something of. */
  objects: Set<string>;
  /** The parts that its fragment stands in. */
  within: Set<Part>;
}

export interface Parts {
  first: Part;
  /** Each deferred fragment by its place in the caller's response names. */
  deferred: ReadonlyMap<DeferredNode, ReadonlyMap<string, Part>>;
}

export interface PartsOptions extends OperationParts {
  schema: GraphQLSchema;
  isIncluded(node: SelectionNode): boolean;
  isDeferred(node: SelectionNode): node is DeferredNode;
  outerName(inner: string): string;
}

interface Place {
  inner: string;
  outer: string;
}

export const within = (place: string, name: string) => (place === '' ? name : `${place}.${name}`);

/** Finds what each part shows. */
export function findParts(options: PartsOptions): Parts {
  const { operation, fragments, schema, outerName } = options;
  const deferred = new Map<DeferredNode, Map<string, Part>>();

  function walk({ selections }: SelectionSetNode, type: GraphQLNamedType, place: Place, part: Part) {
    for (const selection of selections) {
      if (!options.isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        walkField(selection, type, place, part);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      const inner = (condition && schema.getType(condition)) || type;
      walk(fragment.selectionSet, inner, place, options.isDeferred(selection) ? enter(selection, place, part) : part);
    }
  }

  function walkField(node: FieldNode, type: GraphQLNamedType, place: Place, part: Part) {
    const name = node.name.value;
    // The type of an object is known with it, and what the schema tells of itself is no subgraph's.
    if (name.startsWith('__') || !('getFields' in type)) return;
    const field = type.getFields()[name];
    if (!field) return;
    const responseName = node.alias?.value ?? name;
    const below = { inner: within(place.inner, responseName), outer: within(place.outer, outerName(responseName)) };
    if (!node.selectionSet) {
      part.leaves.add(below.inner);
      return;
    }
    part.objects.add(below.inner);
    const named = getNamedType(field.type) as GraphQLNamedType;
    if (isAbstractType(named)) part.leaves.add(within(below.inner, '__typename'));
    walk(node.selectionSet, named, below, part);
  }

  function enter(node: DeferredNode, { outer }: Place, around: Part): Part {
    const places = deferred.get(node) ?? new Map<string, Part>();
    const part = places.get(outer) ?? createPart(node);
    part.within.add(around);
    deferred.set(node, places.set(outer, part));
    return part;
  }

  const first = createPart(null);
  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, { inner: '', outer: '' }, first);
  return { first, deferred };
}

const createPart = (node: DeferredNode | null): Part => ({
  node,
  leaves: new Set(),
  objects: new Set(),
  within: new Set(),
});
