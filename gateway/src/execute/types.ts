import type { GraphQLSchema } from 'graphql';
import { isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/**
 * Whether an object that calls itself `typename` is of the type of a fragment. Without a name it is whatever it was
 * asked as.
 */
export type IsOfType = (typename: unknown, condition: string, whenUnnamed: boolean) => boolean;

export function createIsOfType(schema: GraphQLSchema): IsOfType {
  const known = new Map<string, boolean>();
  return (typename, condition, whenUnnamed) => {
    if (typeof typename !== 'string') return whenUnnamed;
    if (typename === condition) return true;
    const key = `${typename} ${condition}`;
    const answer = known.get(key) ?? isSubtype(schema, typename, condition);
    if (known.size < 10_000) known.set(key, answer);
    return answer;
  };
}

function isSubtype(schema: GraphQLSchema, typename: string, condition: string): boolean {
  const type = schema.getType(typename);
  const wider = schema.getType(condition);
  return isAbstractType(wider) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wider, type);
}
