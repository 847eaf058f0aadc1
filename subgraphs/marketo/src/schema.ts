import { readFileSync } from 'node:fs';

/** The contract of this subgraph, as it stands beside the code. */
export const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
