import { CombinedGraphQLErrors, type OperationVariables, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { type Failure, readFailures, unreachableFailure } from './failures.ts';

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
  const shown = (data ?? (keepPrevious ? previousData : undefined)) as Data | undefined;

  const outcome = useMemo(() => readOutcome(error), [error]);
  // A repeated question keeps the last outcome until it is answered, or its nulls would stand there unexplained.
  const [settled, setSettled] = useState(outcome);
  if (!loading && settled !== outcome) setSettled(outcome);

  return {
    data: skip ? undefined : shown,
    failures: skip ? none : settled.unreachable && shown === undefined ? nothingReached : settled.failures,
    unreachable: !skip && settled.unreachable,
    waiting: !skip && loading && shown === undefined,
    busy: !skip && loading,
    ask() {
      // The outcome arrives as this hook's next result; a rejection here tells nothing more.
      refetch().catch(() => undefined);
    },
  };
}

const none: Failure[] = [];
const nothingReached = [unreachableFailure];
const well = { failures: none, unreachable: false };

function readOutcome(error: unknown): { failures: Failure[]; unreachable: boolean } {
  if (!error) return well;
  if (CombinedGraphQLErrors.is(error)) return { failures: readFailures(error.errors), unreachable: false };
  return { failures: none, unreachable: true };
}
