import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { parse } from 'graphql';
import type { ShopSubgraph } from './resolvers.ts';
import { resolvers } from './resolvers.ts';

export const readSdl = (name: ShopSubgraph) => readFileSync(new URL(`schema/${name}.graphql`, import.meta.url), 'utf8');

type Module = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];

export function buildShopSchema(name: ShopSubgraph): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs: parse(readSdl(name)), resolvers: resolvers[name] } as Module]);
}
