import type { ASTVisitor, ValidationContext } from 'graphql';
import { GraphQLError, Kind } from 'graphql';
import { argumentOf } from './directive.ts';

/** A label goes out with every object that its fragment is answered for. */
const maxLabelLength = 100;

/** Refuses labels that cannot tell fragments apart: variables, and the same one twice. */
export function deferLabels(context: ValidationContext): ASTVisitor {
  const seen = new Set<string>();
  const refuse = (message: string) => context.reportError(new GraphQLError(message));
  return {
    Directive(node) {
      if (node.name.value !== 'defer') return;
      const given = argumentOf(node, 'label');
      if (given?.kind === Kind.VARIABLE) refuse('The label of @defer cannot be a variable.');
      if (given?.kind !== Kind.STRING) return;
      const label = given.value;
      if (label.length > maxLabelLength) refuse(`A label of @defer has more than ${maxLabelLength} characters.`);
      else if (seen.has(label)) refuse(`The label ${JSON.stringify(label)} of @defer is used twice.`);
      seen.add(label);
    },
  };
}
