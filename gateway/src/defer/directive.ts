import type { DirectiveNode, DocumentNode, FragmentSpreadNode, InlineFragmentNode, SelectionNode } from 'graphql';
import { Kind, visit } from 'graphql';

/** A fragment that may be answered later than what is around it. */
export type DeferredNode = InlineFragmentNode | FragmentSpreadNode;

const isDefer = ({ name }: DirectiveNode) => name.value === 'defer';

const deferOf = ({ directives }: SelectionNode): DirectiveNode | undefined => directives?.find(isDefer);

export function hasDefer(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive(node) {
      found ||= isDefer(node);
    },
  });
  return found;
}

/** The same operation answered as a whole. */
export const withoutDefer = (document: DocumentNode): DocumentNode =>
  visit(document, { Directive: (node) => (isDefer(node) ? null : undefined) });

export const argumentOf = (directive: DirectiveNode, name: string) =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;

/** Whether a fragment is deferred; `holds` tells of a variable whether it is true. */
export function isDeferred(node: SelectionNode, holds: (variable: string) => boolean): node is DeferredNode {
  const directive = node.kind === Kind.FIELD ? undefined : deferOf(node);
  if (!directive) return false;
  const condition = argumentOf(directive, 'if');
  if (condition?.kind === Kind.VARIABLE) return holds(condition.name.value);
  return condition?.kind !== Kind.BOOLEAN || condition.value;
}

/** The name that the caller gave a deferred fragment. */
export function labelOf(node: SelectionNode): string | undefined {
  const directive = deferOf(node);
  const label = directive && argumentOf(directive, 'label');
  return label?.kind === Kind.STRING ? label.value : undefined;
}
