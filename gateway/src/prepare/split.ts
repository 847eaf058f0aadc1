import type { DocumentNode } from 'graphql';
import { isAbstractType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Graph } from './graph.ts';

const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

/**
 * Splits an operation whose fields require the same field with different arguments, which one plan cannot hold: each
 * part has the fields that go together. Nearly always there is one part, the document itself.
 */
export function splitClashes(document: DocumentNode, { schema, requirements }: Graph): DocumentNode[] {
  if (requirements.clashing.size === 0) return [document];
  /** The types that have such fields, of those that a type can turn out to be. */
  const clashingOf = (name: string) => {
    const type = schema.getType(name);
    const actual = isAbstractType(type) ? schema.getPossibleTypes(type).map((possible) => possible.name) : [];
    return [name, ...actual].filter((each) => requirements.clashing.has(each));
  };
  /** The part that each clashing field goes to. */
  const partOf = new Map<string, number>();
  let parts = 1;
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const type = info.getParentType()?.name ?? '';
        const key = `${type}.${name.value}`;
        const types = partOf.has(key) ? [] : clashingOf(type);
        if (types.length === 0) return;
        const taken = [...partOf].filter(([other]) => {
          const [otherType, field] = other.split('.') as [string, string];
          const others = clashingOf(otherType);
          return types.some((each) => others.includes(each) && requirements.clash(each, name.value, field));
        });
        const part = taken.length === 0 ? 0 : Math.max(...taken.map(([, number]) => number)) + 1;
        partOf.set(key, part);
        parts = Math.max(parts, part + 1);
      },
    }),
  );
  if (parts === 1) return [document];
  return Array.from({ length: parts }, (_, part) => without(document, part, partOf, schema));
}

function without(document: DocumentNode, part: number, partOf: Map<string, number>, schema: Graph['schema']) {
  const info = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name }) {
        const home = partOf.get(`${info.getParentType()?.name}.${name.value}`);
        return home !== undefined && home !== part ? null : undefined;
      },
      SelectionSet: {
        // A fragment of which nothing is left is no longer GraphQL.
        leave: (node) => (node.selections.length === 0 ? { ...node, selections: [typename] } : undefined),
      },
    }),
  );
}
