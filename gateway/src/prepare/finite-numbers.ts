import type { ASTVisitor, ValidationContext } from 'graphql';
import { GraphQLError } from 'graphql';

/** Refuses numbers that no Float can hold; printed into a subgraph's query they would no longer be numbers. */
export function finiteNumbers(context: ValidationContext): ASTVisitor {
  return {
    FloatValue(node) {
      if (Number.isFinite(Number(node.value))) return;
      context.reportError(new GraphQLError(`The number ${node.value.slice(0, 20)} is too large.`, { nodes: node }));
    },
    IntValue(node) {
      if (node.value.length <= 300) return;
      context.reportError(new GraphQLError('A number in the query has too many digits.', { nodes: node }));
    },
  };
}
