import { composeServices } from '@apollo/composition';
import { GraphQLError, lexicographicSortSchema, parse, printSchema } from 'graphql';
import type { SubgraphDefinition } from './supergraph-config.ts';
import { CompositionError } from './supergraph-config.ts';

export interface Composed {
  supergraphSdl: string;
  /** The schema that clients see. */
  apiSdl: string;
  /** What composition found odd but accepted. */
  hints: string[];
}

/** @throws {CompositionError} with every problem, one a line, each naming its subgraph */
export function compose(subgraphs: SubgraphDefinition[]): Composed {
  const services = subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parseSdl(name, sdl) }));
  const result = composeServices(services);
  if (result.errors) {
    throw new CompositionError(
      `The subgraphs do not compose.\n${result.errors.map(({ message }) => `- ${message}`).join('\n')}`,
    );
  }
  const apiSchema = result.schema.toAPISchema().toGraphQLJSSchema();
  return {
    supergraphSdl: result.supergraphSdl,
    apiSdl: printSchema(lexicographicSortSchema(apiSchema)),
    hints: result.hints.map(({ message }) => message),
  };
}

function parseSdl(name: string, sdl: string) {
  try {
    return parse(sdl);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line ?? '?';
    throw new CompositionError(
      `The schema of ${name} cannot be read: ${error.message} (line ${line} of its schema.graphql).`,
    );
  }
}
