import type { DirectiveNode, SelectionNode } from 'graphql';
import { Kind, visit } from 'graphql';
import type { Complete } from '../execute/shape.ts';
import { compileObject } from '../execute/shape.ts';
import type { Graph } from './graph.ts';
import type { OperationParts } from './operation.ts';

type Values = Readonly<Record<string, unknown>>;

/** Gives the shape of an answer; there is one for each way in which the caller's `@skip` and `@include` turn out. */
export function createShapes(
  { schema }: Graph,
  parts: OperationParts,
  outerName: (inner: string) => string,
  defaults: Values,
): (variables: Values) => Complete {
  const keyOf = variableKey(parts, defaults);
  const shapes = new Map<string, Complete>();
  const root = schema.getRootType(parts.operation.operation);
  if (!root) throw new Error(`There are no ${parts.operation.operation} fields.`);

  return (variables) => {
    const key = keyOf(variables);
    const known = shapes.get(key);
    if (known) return known;
    const value = (name: string) => isTrue(name, variables, defaults);
    const isIncluded = (node: SelectionNode) => !isSkipped(node, value);
    const shape = compileObject(root, [parts.operation.selectionSet], { ...parts, schema, isIncluded, outerName });
    if (shapes.size >= 64) shapes.clear();
    shapes.set(key, shape);
    return shape;
  };
}

/** Gives a text that is the same for variables by which the same is left out and the same deferred. */
export function variableKey(parts: OperationParts, defaults: Values): (variables: Values) => string {
  const names = conditionVariables(parts);
  return (variables) => names.map((name) => (isTrue(name, variables, defaults) ? '1' : '0')).join('');
}

/** Whether a condition's variable holds; its name may be one that every object of the engine has. */
export function isTrue(name: string, variables: Values, defaults: Values): boolean {
  const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return (given ?? (Object.hasOwn(defaults, name) ? defaults[name] : undefined)) === true;
}

export function isSkipped({ directives = [] }: SelectionNode, value: (variable: string) => boolean): boolean {
  const holds = (directive: DirectiveNode) => {
    const given = directive.arguments?.[0]?.value;
    if (given?.kind === Kind.VARIABLE) return value(given.name.value);
    return given?.kind === Kind.BOOLEAN && given.value;
  };
  return directives.some(
    (directive) =>
      (directive.name.value === 'skip' && holds(directive)) ||
      (directive.name.value === 'include' && !holds(directive)),
  );
}

/** Whether a node is left out whatever the variables are. */
export const isSkippedAlways = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(({ name, arguments: args }) => {
    const given = args?.[0]?.value;
    return given?.kind === Kind.BOOLEAN && given.value === (name.value === 'skip');
  });

function conditionVariables({ operation, fragments }: OperationParts): string[] {
  const names = new Set<string>();
  const collect = {
    Directive(node: DirectiveNode) {
      if (!['skip', 'include', 'defer'].includes(node.name.value)) return;
      const given = node.arguments?.find(({ name }) => name.value === 'if')?.value;
      if (given?.kind === Kind.VARIABLE) names.add(given.name.value);
    },
  };
  visit(operation, collect);
  for (const fragment of fragments.values()) visit(fragment, collect);
  return [...names].sort();
}
