import type { DocumentNode, FieldNode } from 'graphql';
import { Kind, visit } from 'graphql';
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
export function nameInside(document: DocumentNode, { fieldNames, requirements }: Graph): InnerDocument {
  const outer = new Map<string, string>();
  const rename = (node: FieldNode, responseName: string): FieldNode => {
    const inner = `${responseName}${mark}${node.name.value}`;
    outer.set(inner, responseName);
    return { ...node, alias: { kind: Kind.NAME, value: inner } };
  };
  const renamed = visit(document, {
    Field(node) {
      const { alias, name } = node;
      if (name.value.startsWith('__')) return undefined;
      if (alias && alias.value !== name.value) {
        return fieldNames.has(alias.value) ? rename(node, alias.value) : undefined;
      }
      return requirements.names.has(name.value) ? rename(node, name.value) : undefined;
    },
  });
  return { document: renamed, outerName: (inner) => outer.get(inner) ?? inner };
}
