import type { GraphQLSchema } from 'graphql';
import { buildASTSchema, getNamedType, isObjectType, parse } from 'graphql';

/** What a root field says about the entity it returns. */
export interface Lookup {
  /** The argument that carries the key. */
  argument: string;
  /** The key field that equals the argument. */
  field: string;
}

/** What the gateway reads from the supergraph beside the plan: which arguments are keys, and field types. */
export interface Contract {
  schema: GraphQLSchema;
  /** Of `Query.<field>`, when its argument is marked `@is(field: …)`. */
  lookup(rootField: string): Lookup | undefined;
}

/** Reads the `@is` marks: they let the gateway answer an entity's identity while the subgraph that owns it is down. */
export function readContract(supergraphSdl: string): Contract {
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValid: true });
  const lookups = new Map<string, Lookup>();
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!isObjectType(getNamedType(field.type))) continue;
    for (const { name, astNode } of field.args) {
      const mark = astNode?.directives?.find((directive) => /(^|__)is$/.test(directive.name.value));
      const value = mark?.arguments?.find((argument) => argument.name.value === 'field')?.value;
      if (value?.kind === 'StringValue') lookups.set(field.name, { argument: name, field: value.value });
    }
  }
  return { schema, lookup: (rootField) => lookups.get(rootField) };
}
