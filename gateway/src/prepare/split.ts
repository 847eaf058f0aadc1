import type { DocumentNode } from 'graphql';
import { TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Graph } from './graph.ts';

/**
 * Splits an operation whose fields require the same field with different arguments, which one plan cannot hold: each
 * part has the fields that go together. Nearly always there is one part, the document itself.
 */
export function splitClashes(document: DocumentNode, { schema, requirements }: Graph): DocumentNode[] {
  if (requirements.clashing.size === 0) return [document];
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
        if (!requirements.clashing.has(type) || partOf.has(key)) return;
        const taken = [...partOf].filter(([other]) => {
          const [otherType, field] = other.split('.') as [string, string];
          return otherType === type && requirements.clash(type, name.value, field);
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
    }),
  );
}
