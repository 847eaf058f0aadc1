import type { GraphQLField, GraphQLNamedOutputType, GraphQLSchema } from 'graphql';
import { getNamedType, isAbstractType, isInterfaceType, isLeafType, isObjectType } from 'graphql';

/** A source of chance, from 0 to 1. */
export type Chance = () => number;

/** A small generator of numbers from a seed. */
export function chanceFrom(seed: number): Chance {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface RandomOperation {
  query: string;
  variables: Record<string, boolean>;
}

/** Writes a valid operation: nested fields, aliases, fragments, conditions, arguments where they are needed. */
export function randomOperation(schema: GraphQLSchema, chance: Chance, defers = false): RandomOperation {
  const root = schema.getQueryType();
  if (!root) throw new Error('There is nothing to ask.');
  const selection = select(schema, root, chance, 3, defers ? { count: 0 } : undefined);
  const variables = { yes: true, no: false };
  return { query: `query ($yes: Boolean!, $no: Boolean!) ${selection} #${'$yes $no'}`, variables };
}

const pick = <Item>(items: readonly Item[], chance: Chance) => items[Math.floor(chance() * items.length)] as Item;

/** Counts the deferred fragments, when there are to be any. */
type Defers = { count: number } | undefined;

/** Puts some fields into deferred fragments, sometimes all of an object's into one more. */
function defer(text: string, likely: number, chance: Chance, defers: Defers): string {
  if (!defers || !text || chance() > likely) return text;
  defers.count += 1;
  const condition = pick(['', '', ', if: $yes', ', if: $no'], chance);
  return `... @defer(label: "${defers.count}"${condition}) { ${text} }`;
}

function select(
  schema: GraphQLSchema,
  type: GraphQLNamedOutputType,
  chance: Chance,
  depth: number,
  defers: Defers,
): string {
  const parts: string[] = [chance() < 0.3 ? '__typename' : ''];
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  for (const field of fields) {
    const text = chance() < 0.55 ? defer(printField(schema, field, chance, depth, defers), 0.25, chance, defers) : '';
    parts.push(chance() < 0.1 && text ? `... on ${type.name} { ${text} }` : text);
  }
  if (isAbstractType(type)) {
    for (const possible of schema.getPossibleTypes(type)) {
      if (chance() < 0.6) parts.push(`... on ${possible.name} ${select(schema, possible, chance, depth, defers)}`);
    }
  }
  const text = defer(parts.filter(Boolean).join(' '), 0.1, chance, defers);
  return `{ ${text || '__typename'} }`;
}

function printField(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  chance: Chance,
  depth: number,
  defers: Defers,
): string {
  const type = getNamedType(field.type);
  if (!isLeafType(type) && depth === 0) return '';
  const args = field.args.flatMap(({ name, type: argument }) => {
    const required = String(argument).endsWith('!');
    // Left to their defaults mostly: a field may be asked only one way in one place.
    if (!required) return [];
    return [`${name}: ${String(argument).startsWith('Int') ? 2 : pick(['"p1"'], () => 0)}`];
  });
  const alias = chance() < 0.15 ? `the_${field.name}: ` : '';
  const condition =
    chance() < 0.1
      ? pick(['@include(if: $yes)', '@skip(if: $yes)', '@include(if: $no)', '@skip(if: true)'], chance)
      : '';
  const call = `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${condition}`;
  return isLeafType(type) ? call : `${call} ${select(schema, type, chance, depth - 1, defers)}`;
}
