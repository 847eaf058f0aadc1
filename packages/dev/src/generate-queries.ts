import type { GraphQLArgument, GraphQLField, GraphQLInputType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** A generated operation and the leaf fields at its end that a plan has to fetch. */
export interface GeneratedQuery {
  /** Field names from the root, for messages. */
  path: string[];
  text: string;
  leaves: string[];
}

/**
 * One query for each way of fields from the root to an object type, asking all leaf fields at its end. A type may
 * come twice in one way, so that every edge back to an owner is crossed; `depth` bounds the rest.
 */
export function generateQueries(schema: GraphQLSchema, depth = 6): GeneratedQuery[] {
  const root = schema.getQueryType();
  return root ? walk(root, [], new Map(), depth) : [];
}

type Step = GraphQLField<unknown, unknown>;

function walk(type: GraphQLObjectType, way: Step[], visits: Map<string, number>, depth: number): GeneratedQuery[] {
  const queries: GeneratedQuery[] = [];
  for (const field of Object.values(type.getFields())) {
    const target = getNamedType(field.type);
    const seen = visits.get(target.name) ?? 0;
    if (!isObjectType(target) || seen >= 2 || depth === 0) continue;
    const next = [...way, field];
    const leaves = Object.values(target.getFields()).filter((each) => isLeafType(getNamedType(each.type)));
    if (leaves.length > 0) {
      queries.push({
        path: next.map(({ name }) => name),
        text: print(next, leaves),
        leaves: leaves.map(({ name }) => name),
      });
    }
    queries.push(...walk(target, next, new Map(visits).set(target.name, seen + 1), depth - 1));
  }
  return queries;
}

const call = ({ name, args }: Step): string => {
  const required = args.filter(isRequiredArgument);
  return required.length === 0 ? name : `${name}(${required.map(argument).join(', ')})`;
};

const argument = ({ name, type }: GraphQLArgument): string => `${name}: ${literal(type)}`;

function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return `{ ${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  if (type.name === 'Int' || type.name === 'Float') return '1';
  return type.name === 'Boolean' ? 'true' : '"001Hs0000000001IAA"';
}

function print(way: Step[], leaves: Step[]): string {
  const end = leaves.map(call).join(' ');
  return way.reduceRight((inner, field) => `{ ${call(field)} ${inner} }`, `{ ${end} }`);
}
