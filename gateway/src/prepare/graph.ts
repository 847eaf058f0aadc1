import { createHash } from 'node:crypto';
import type { Schema } from '@apollo/federation-internals';
import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { ConstDirectiveNode, DocumentNode, GraphQLSchema } from 'graphql';
import { Kind, parse, visit } from 'graphql';
import type { IsOfType } from '../execute/types.ts';
import { createIsOfType } from '../execute/types.ts';
import type { Contract } from './contract.ts';
import { readContract } from './contract.ts';
import type { Requirements } from './requirements.ts';
import { readRequirements } from './requirements.ts';

/** Everything that is known of one supergraph. */
export interface Graph {
  /** Changes with the supergraph. */
  id: string;
  /** What callers see. */
  schema: GraphQLSchema;
  /** The same, as the planner needs it. */
  plannedSchema: Schema;
  planner: QueryPlanner;
  contract: Contract;
  requirements: Requirements;
  isOfType: IsOfType;
  /** Every field name of every type: an alias of that name could be taken for the field. */
  fieldNames: ReadonlySet<string>;
  /** Names of fields that a subgraph gives to all types of an interface as if they were one. */
  interfaceObjectFields: ReadonlySet<string>;
  services: readonly { name: string; url: string }[];
}

/** What the planner knows and the executor does; any other feature that is linked for security is refused. */
const supportedFeatures = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, 'https://specs.apollo.dev/context/v0.1']);

/** @throws when the text is not a supergraph, or links a feature that nobody here enforces */
export function buildGraph(supergraphSdl: string): Graph {
  const supergraph = Supergraph.build(orderKeys(parse(supergraphSdl)), {
    supportedFeatures,
    validateSupergraph: false,
  });
  const plannedSchema = supergraph.apiSchema();
  const schema = plannedSchema.toGraphQLJSSchema({ includeDefer: true });
  const contract = readContract(supergraphSdl);
  return {
    id: graphId(supergraphSdl),
    schema,
    plannedSchema,
    planner: new QueryPlanner(supergraph),
    contract,
    requirements: readRequirements(contract.schema),
    isOfType: createIsOfType(contract.schema),
    fieldNames: new Set(fieldNamesOf(contract.schema)),
    interfaceObjectFields: new Set(interfaceObjectFieldsOf(contract.schema)),
    services: supergraph.subgraphsMetadata(),
  };
}

/** The same for the same text. */
export const graphId = (supergraphSdl: string): string =>
  createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 16);

function* fieldNamesOf(schema: GraphQLSchema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if ('getFields' in type) yield* Object.keys(type.getFields());
  }
}

function* interfaceObjectFieldsOf(schema: GraphQLSchema) {
  for (const type of Object.values(schema.getTypeMap())) {
    const isOne = type.astNode?.directives?.some((directive) => isTrue(directive, 'isInterfaceObject'));
    if (isOne && 'getFields' in type) yield* Object.keys(type.getFields());
  }
}

function isTrue({ name, arguments: args }: ConstDirectiveNode, argumentName: string): boolean {
  const value = args?.find((argument) => argument.name.value === argumentName)?.value;
  return name.value === 'join__type' && value?.kind === Kind.BOOLEAN && value.value;
}

/** The planner comes back to a subgraph by the first key that it finds: keys that cannot be looked up go last. */
function orderKeys(supergraph: DocumentNode): DocumentNode {
  const order = <Node extends { directives?: readonly ConstDirectiveNode[] }>(node: Node): Node | undefined =>
    node.directives?.some(isUnresolvable)
      ? {
          ...node,
          directives: node.directives.toSorted((a, b) => Number(isUnresolvable(a)) - Number(isUnresolvable(b))),
        }
      : undefined;
  return visit(supergraph, { ObjectTypeDefinition: order, InterfaceTypeDefinition: order });
}

function isUnresolvable({ name, arguments: args }: ConstDirectiveNode): boolean {
  if (name.value !== 'join__type') return false;
  const resolvable = args?.find((argument) => argument.name.value === 'resolvable')?.value;
  return resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}
