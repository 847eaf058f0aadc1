import { readFileSync } from 'node:fs';
import { resolvers } from './resolvers.ts';

/** What the server needs to know of the graph. */
export const schema = {
  typeDefs: readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'),
  resolvers,
};
