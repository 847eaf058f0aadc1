import type { ASTVisitor, ValidationContext } from 'graphql';
import { GraphQLError, getNamedType, isSpecifiedScalarType } from 'graphql';

/**
 * Refuses numbers that would no longer be the same printed into a subgraph's query: those that no Float can hold, and
 * whole numbers of custom scalars that have more digits than a Float.
 */
export function finiteNumbers(context: ValidationContext): ASTVisitor {
  return {
    FloatValue(node) {
      if (Number.isFinite(Number(node.value))) return;
      context.reportError(new GraphQLError(`The number ${node.value.slice(0, 20)} is too large.`, { nodes: node }));
    },
    IntValue(node) {
      const type = getNamedType(context.getInputType());
      const isExact = (type && isSpecifiedScalarType(type)) || Number.isSafeInteger(Number(node.value));
      if (isExact && node.value.length <= 300) return;
      const hint = isExact ? '.' : '; give it as a text.';
      context.reportError(new GraphQLError(`A number in the query has too many digits${hint}`, { nodes: node }));
    },
  };
}
