import type { DocumentNode, FieldNode } from 'graphql';
import { Kind, print, visit } from 'graphql';
import type { Graph } from './graph.ts';

const mark = '__as';

export interface InnerDocument {
  document: DocumentNode;
  /** The caller's response name for one of the plan. */
  outerName(inner: string): string;
}

/**
 * Gives response names that the planner could mistake for fields a name of their own: an alias that is called like a
 * field of the graph would be read as that field when an entity's key is cut out, and a field with arguments that a
 * subgraph requires with arguments of its own would be fetched only once, with either.
 */
export function nameInside(document: DocumentNode, graph: Graph): InnerDocument {
  const { fieldNames, requirements } = graph;
  const outer = new Map<string, string>();
  const meanings = findMeanings(document, graph);
  const rename = (node: FieldNode, responseName: string): FieldNode => {
    const number = Math.max(0, [...(meanings.get(responseName) ?? [])].indexOf(meaningOf(node)));
    const inner = `${responseName}${mark}${node.name.value}${number > 0 ? `${mark}${number}` : ''}`;
    outer.set(inner, responseName);
    return { ...node, alias: { kind: Kind.NAME, value: inner } };
  };
  const needsName = (responseName: string, name: string) => {
    if ((meanings.get(responseName)?.size ?? 0) > 1) return true;
    if (responseName === name) return requirements.names.has(name);
    // An alias that looks like a name of our own gets one too, so that it cannot be taken for another's.
    return responseName === '__typename' || fieldNames.has(responseName) || responseName.includes(mark);
  };
  const renamed = visit(document, {
    // What the schema tells of itself does not come from the plan.
    FragmentDefinition: (node) => (node.typeCondition.name.value.startsWith('__') ? false : undefined),
    Field(node) {
      const responseName = node.alias?.value ?? node.name.value;
      if (node.name.value.startsWith('__') && node.name.value !== '__typename') return false;
      return needsName(responseName, node.name.value) ? rename(node, responseName) : undefined;
    },
  });
  return { document: renamed, outerName: (inner) => outer.get(inner) ?? inner };
}

/**
 * What each response name stands for, as far as it is for fields of interface objects: to their subgraph all types are
 * one, so that `... on Book { it: reviews(first: 1) } ... on Game { it: reviews(first: 2) }` would be one field.
 */
function findMeanings(document: DocumentNode, { interfaceObjectFields }: Graph): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  if (interfaceObjectFields.size === 0) return found;
  visit(document, {
    Field(node) {
      if (!interfaceObjectFields.has(node.name.value)) return;
      const responseName = node.alias?.value ?? node.name.value;
      found.set(responseName, (found.get(responseName) ?? new Set()).add(meaningOf(node)));
    },
  });
  return found;
}

/** The field and its arguments, in whatever order they are written. */
function meaningOf({ name, arguments: given = [] }: FieldNode): string {
  const sorted = given.map((argument) =>
    print(
      visit(argument, {
        ObjectValue: {
          leave: (node) => ({
            ...node,
            fields: node.fields.toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)),
          }),
        },
      }),
    ),
  );
  return `${name.value}(${sorted.sort().join()})`;
}
