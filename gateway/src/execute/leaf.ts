import type { GraphQLLeafType } from 'graphql';
import { isEnumType } from 'graphql';
import type { Json } from './json.ts';

/** Whether a value that a subgraph sent is one of a type. What a custom scalar takes only its subgraph knows. */
export function compileLeaf(type: GraphQLLeafType): (value: Json | undefined) => boolean {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => typeof value === 'string' && names.has(value);
  }
  switch (type.name) {
    case 'Int':
      return (value) => typeof value === 'number' && Number.isInteger(value);
    case 'Float':
      return (value) => typeof value === 'number';
    case 'String':
      return (value) => typeof value === 'string';
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    case 'ID':
      return (value) => typeof value === 'string' || typeof value === 'number';
    default:
      return () => true;
  }
}
