import type {
  DirectiveNode,
  FieldNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import { getDirectiveValues, getNamedType, getNullableType, isCompositeType, isListType, Kind } from 'graphql';
import type { OperationParts } from './operation.ts';

type Values = Readonly<Record<string, unknown>>;

/** What an operation may cost at most: one for each object, lists as long as their page. */
export type Cost = (variables: Values) => number;

interface ListSize {
  slicingArguments?: string[];
  assumedSize?: number;
  sizedFields?: string[];
}

/** A list whose length nobody told. */
const assumedSize = 10;
const one: Cost = () => 1;

/**
 * Compiles the cost of an operation by `@cost` and `@listSize` of the supergraph, so that a page of 200 counts as 200.
 *
 * @param schema the supergraph's own schema: what callers see has lost the directives
 */
export function compileCost(schema: GraphQLSchema, { operation, fragments }: OperationParts): Cost {
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );

  function setCost(type: GraphQLNamedType, { selections }: SelectionSetNode, sized: Map<string, Cost>): Cost {
    const costs = selections.flatMap((selection): Cost[] => {
      if (selection.kind === Kind.FIELD) {
        const cost = fieldCost(type, selection, sized.get(selection.name.value));
        return cost ? [cost] : [];
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      const inner = (condition && schema.getType(condition)) || type;
      return fragment ? [setCost(inner, fragment.selectionSet, sized)] : [];
    });
    return (variables) => costs.reduce((sum, cost) => sum + cost(variables), 0);
  }

  function fieldCost(type: GraphQLNamedType, node: FieldNode, givenSize: Cost | undefined): Cost | undefined {
    const field =
      'getFields' in type ? (type.getFields()[node.name.value] as GraphQLField<unknown, unknown>) : undefined;
    if (!field) return undefined;
    const named = getNamedType(field.type);
    const weight = weightOf(schema, field) ?? (isCompositeType(named) ? 1 : 0);
    const listSize = directive<ListSize>(schema, field, 'listSize');
    const size = listSize ? pageSize(field, node, listSize) : undefined;
    const sized = new Map((listSize?.sizedFields ?? []).map((name) => [name, size ?? one]));
    const below = node.selectionSet ? setCost(named, node.selectionSet, sized) : () => 0;
    const isList = isListType(getNullableType(field.type));
    const times = isList ? (givenSize ?? size ?? (() => assumedSize)) : one;
    return (variables) => times(variables) * (weight + below(variables));
  }

  function pageSize(field: GraphQLField<unknown, unknown>, node: FieldNode, listSize: ListSize): Cost {
    const { slicingArguments = [], assumedSize: assumed = assumedSize } = listSize;
    return (variables) => {
      const sizes = slicingArguments.flatMap((name) => {
        const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
        const value = given?.kind === Kind.VARIABLE ? variables[given.name.value] : undefined;
        const literal = given?.kind === Kind.VARIABLE ? defaults.get(given.name.value) : given;
        if (typeof value === 'number') return [value];
        if (literal?.kind === Kind.INT) return [Number(literal.value)];
        const fallback = field.args.find((argument) => argument.name === name)?.defaultValue;
        return typeof fallback === 'number' ? [fallback] : [];
      });
      return sizes.length > 0 ? Math.max(0, ...sizes) : assumed;
    };
  }

  const root = schema.getRootType(operation.operation);
  return root ? setCost(root, operation.selectionSet, new Map()) : () => 0;
}

function weightOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): number | undefined {
  const weight = directive<{ weight?: number }>(schema, field, 'cost')?.weight;
  return typeof weight === 'number' ? weight : undefined;
}

/** A directive of the cost specification, under whatever prefix the supergraph links it. */
function directive<Values>(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, name: string) {
  const nodes: readonly DirectiveNode[] = field.astNode?.directives ?? [];
  const node = nodes.find((each) => each.name.value === name || each.name.value.endsWith(`__${name}`));
  const definition = node && schema.getDirective(node.name.value);
  return definition ? (getDirectiveValues(definition, { directives: [node] }) as Values | undefined) : undefined;
}
