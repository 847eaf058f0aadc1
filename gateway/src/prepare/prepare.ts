import { operationFromDocument } from '@apollo/federation-internals';
import { isPlanNode } from '@apollo/query-planner';
import type { DocumentNode, OperationTypeNode, SelectionSetNode } from 'graphql';
import { isInterfaceType, Kind, OperationTypeNode as Kinds, valueFromAST } from 'graphql';
import type { Deferral } from '../defer/deferral.ts';
import { createDeferrals } from '../defer/deferral.ts';
import { hasDefer, withoutDefer } from '../defer/directive.ts';
import { compilePlan } from '../execute/compile-plan.ts';
import type { Step } from '../execute/run.ts';
import type { Complete } from '../execute/shape.ts';
import type { FreshnessPlace } from '../operation-cache/freshness-places.ts';
import { findFreshness } from '../operation-cache/freshness-places.ts';
import { createShapes, isSkippedAlways } from './conditions.ts';
import type { Cost } from './cost.ts';
import { compileCost } from './cost.ts';
import type { Graph } from './graph.ts';
import { nameInside } from './inner-names.ts';
import type { Introspect } from './introspection.ts';
import { compileIntrospection } from './introspection.ts';
import type { OperationParts } from './operation.ts';
import { findOperation } from './operation.ts';
import { Refusal } from './refusal.ts';
import { splitClashes } from './split.ts';

/** An operation that is ready to run with any variables. */
export interface Prepared extends OperationParts {
  graph: Graph;
  kind: OperationTypeNode;
  steps: readonly Step[];
  introspect: Introspect | null;
  cost: Cost;
  /** Characters of its plan: how large it is in memory, roughly. */
  size: number;
  /** The shape of the answer for these variables. */
  shapeFor(variables: Readonly<Record<string, unknown>>): Complete;
  /** The caller's response name for one of the plan. */
  outerName(inner: string): string;
  /** Where it asks how old something is; null where that cannot be told from the answer alone. */
  freshness: FreshnessPlace[] | null;
  /** How it is answered in parts; null where it cannot be, and for variables where nothing would come earlier. */
  deferralFor: ((variables: Readonly<Record<string, unknown>>) => Deferral | null) | null;
}

/** Plans a valid document and compiles everything about it. @throws {Refusal} */
export function prepare(graph: Graph, given: DocumentNode, operationName: string | undefined): Prepared {
  const { document: named, outerName } = nameInside(given, graph);
  const document = hasDefer(named) ? withoutDefer(named) : named;
  const parts = findOperation(document, operationName);
  const kind = parts.operation.operation;
  if (kind === Kinds.SUBSCRIPTION) {
    throw new Refusal('BAD_REQUEST', 'Subscriptions are not answered over plain HTTP.');
  }
  for (const { variable } of parts.operation.variableDefinitions ?? []) refuseReserved(variable.name.value);
  const defaults = defaultsOf(graph, parts);
  const split = splitClashes(document, graph);
  if (kind === Kinds.MUTATION && split.length > 1) {
    const told = 'Some of these fields cannot be asked for together in a mutation. Read them with a query after it.';
    throw new Refusal('GRAPHQL_VALIDATION_FAILED', told);
  }
  const plans = split.map((part) => plan(graph, part, operationName));
  const printed = JSON.stringify(plans);
  const shared = {
    contract: graph.contract,
    isOfType: graph.isOfType,
    isInterface: (name: unknown) => typeof name === 'string' && isInterfaceType(graph.contract.schema.getType(name)),
    defaults,
    inContext: printed.includes('"contextRewrites":'),
  };
  const [only] = plans;
  const canDefer = document !== named && kind === Kinds.QUERY && plans.length === 1 && !shared.inContext;
  return {
    ...parts,
    graph,
    kind,
    steps: plans.map((each) => compilePlan(each, shared)),
    introspect: compileIntrospection(graph, parts),
    size: printed.length,
    cost: compileCost(graph.contract.schema, parts),
    shapeFor: createShapes(graph, parts, outerName, defaults),
    outerName,
    freshness: findFreshness(findOperation(given, operationName), graph.schema),
    deferralFor:
      canDefer && only ? createDeferrals(graph, findOperation(named, operationName), only, shared, outerName) : null,
  };
}

/** Names that a plan gives to variables of its own. */
function refuseReserved(name: string) {
  if (/^(representations|contextualArgument)/.test(name)) {
    throw new Refusal('BAD_USER_INPUT', `A variable cannot be called ${name.slice(0, 50)}.`);
  }
}

function plan({ planner, plannedSchema }: Graph, document: DocumentNode, operationName: string | undefined) {
  const operation = operationFromDocument(plannedSchema, document, {
    ...(operationName === undefined ? {} : { operationName }),
    validate: false,
  });
  const { node } = planner.buildQueryPlan(operation);
  if (isPlanNode(node)) return node;
  // The planner answers with an empty plan where no subgraph can be asked, which would read as nothing found.
  const { operation: asked, fragments } = findOperation(document, operationName);
  if (asksAnything(asked.selectionSet, fragments)) {
    throw new Refusal('GRAPHQL_VALIDATION_FAILED', 'No system can answer these fields together.');
  }
  return undefined;
}

function defaultsOf({ schema }: Graph, { operation }: OperationParts): Record<string, unknown> {
  const booleans: [string, unknown][] = [];
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const named = type.kind === 'NonNullType' ? type.type : type;
    if (!defaultValue || named.kind !== 'NamedType' || named.name.value !== 'Boolean') continue;
    const boolean = schema.getType('Boolean');
    if (boolean && 'parseLiteral' in boolean) booleans.push([variable.name.value, valueFromAST(defaultValue, boolean)]);
  }
  return Object.fromEntries(booleans);
}

/** Whether there is a field to fetch, beside what the schema tells of itself and what is left out in any case. */
function asksAnything({ selections }: SelectionSetNode, fragments: OperationParts['fragments']): boolean {
  return selections.some((selection) => {
    if (isSkippedAlways(selection)) return false;
    if (selection.kind === Kind.FIELD) return !selection.name.value.startsWith('__');
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return inner !== undefined && asksAnything(inner.selectionSet, fragments);
  });
}
