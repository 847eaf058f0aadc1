import type { SubgraphAnswer } from './subgraph-client.ts';

type SubgraphError = NonNullable<SubgraphAnswer['errors']>[number];

/** Keeps one error for each field and cause: fifty rows without invoices are one fact, not fifty. */
export function foldErrors(errors: SubgraphError[]): SubgraphError[] {
  const kept = new Map<string, SubgraphError>();
  for (const error of errors) {
    const path = Array.isArray(error.path) ? error.path.filter((part) => typeof part === 'string') : [];
    const key = JSON.stringify([path, error.message, error.extensions?.code]);
    if (!kept.has(key)) kept.set(key, error);
  }
  return [...kept.values()];
}
