import { CombinedGraphQLErrors, type OperationVariables, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { type Failure, readFailures } from './failures.ts';

/** One question to the graph and how it went; data and failures can both be there. */
export interface GraphAnswer<Data> {
  data: Data | undefined;
  failures: Failure[];
  /** The graph itself did not answer, so nothing is known about the systems behind it. */
  unreachable: boolean;
  /** The first answer to this question is still on its way. */
  waiting: boolean;
  /** Some answer is on its way, a repeated one included. */
  busy: boolean;
  ask(): void;
}

/**
 * Asks the network each time a question comes up: a cached answer would show the nulls of an earlier failure
 * without the errors that explain them.
 */
export function useGraph<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { skip = false, keepPrevious = false }: { skip?: boolean; keepPrevious?: boolean } = {},
): GraphAnswer<Data> {
  const { data, previousData, error, loading, refetch } = useQuery<Data, Variables>(document, {
    variables,
    skip,
    errorPolicy: 'all',
    fetchPolicy: 'network-only',
    notifyOnNetworkStatusChange: true,
  } as useQuery.Options<Data, Variables>);
  const failures = useMemo(() => (CombinedGraphQLErrors.is(error) ? readFailures(error.errors) : []), [error]);
  const shown = (data ?? (keepPrevious ? previousData : undefined)) as Data | undefined;

  return {
    data: skip ? undefined : shown,
    failures,
    unreachable: error !== undefined && !CombinedGraphQLErrors.is(error),
    waiting: !skip && loading && shown === undefined,
    busy: !skip && loading,
    ask() {
      // The outcome arrives as this hook's next result; a rejection here tells nothing more.
      refetch().catch(() => undefined);
    },
  };
}
