import type { OperationTypeNode } from 'graphql';
import type { Context } from './context.ts';
import type { PlanParts } from './parts.ts';
import type { PlanPath } from './paths.ts';
import type { PrintRepresentation } from './print-representation.ts';
import type { Rewrite } from './rewrites.ts';

/** One fetch of a plan. */
export interface PreparedFetch {
  service: string;
  /** Where in the answer its data goes. */
  path: PlanPath;
  /** Other places of the same stage that ask the same of their entities. */
  alsoAt: readonly PlanPath[];
  /** The same for fetches that ask the same. */
  question: string;
  kind: OperationTypeNode;
  query: string;
  /** The request up to its variables, as JSON. */
  head: string;
  variableUsages: readonly string[];
  /** Prints what identifies an entity to the subgraph; for a fetch of root fields, nothing. */
  print: PrintRepresentation;
  /** Whether it fetches more of entities that are there. */
  ofEntities: boolean;
  rewriteOutput: Rewrite | null;
  /** What is taken from around each entity. */
  context: Context | null;
  parts: PlanParts;
}
