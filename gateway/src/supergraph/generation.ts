import type { Graph } from '../prepare/graph.ts';
import type { Operations } from '../prepare/operations.ts';
import type { Subgraphs } from '../subgraph/subgraphs.ts';

/** One supergraph with everything that belongs to it alone. */
export interface Generation {
  graph: Graph;
  operations: Operations;
  subgraphs: Subgraphs;
}

/** A generation that is answering requests. */
export interface Lease<Kept extends Generation> {
  kept: Kept;
  /** Runs a request; the generation stays whole until it is done, whatever happens meanwhile. */
  use<Result>(work: (kept: Kept) => Promise<Result>): Promise<Result>;
  /** No request begins any more; when the last is done, the connections to its subgraphs end. */
  retire(): Promise<void>;
}

export function createLease<Kept extends Generation>(kept: Kept): Lease<Kept> {
  const over = Promise.withResolvers<void>();
  let users = 0;
  let retired = false;
  const endIfDone = () => {
    if (retired && users === 0) over.resolve(kept.subgraphs.close());
  };

  return {
    kept,
    async use(work) {
      users += 1;
      try {
        return await work(kept);
      } finally {
        users -= 1;
        endIfDone();
      }
    },
    retire() {
      retired = true;
      endIfDone();
      return over.promise;
    },
  };
}
