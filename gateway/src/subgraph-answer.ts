import type { Contract } from './contract.ts';
import type { FailedFetch, Told } from './failed-fetch.ts';
import { answerFailedFetch } from './failed-fetch.ts';
import { foldErrors } from './fold-errors.ts';
import type { SubgraphAnswer } from './subgraph-client.ts';
import { SubgraphFailure } from './subgraph-client.ts';

type SubgraphError = NonNullable<SubgraphAnswer['errors']>[number];

/**
 * Makes a subgraph's answer fit for the executor: as many entities as were asked for, every error with a path, and of
 * its errors only those codes whose sentences are written for callers.
 *
 * @throws {SubgraphFailure} when the answer cannot be used
 */
export function readSubgraphAnswer(contract: Contract, fetch: FailedFetch, answer: SubgraphAnswer): SubgraphAnswer {
  const { data } = answer;
  const errors = Array.isArray(answer.errors) ? answer.errors.map(tellable) : [];
  const hasData = typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!hasData) {
    const [first] = errors;
    if (!first) throw new SubgraphFailure('malformed', 'neither data nor errors');
    // The subgraph refused the whole request, so its error has no place: every field asked of it is missing for it.
    return answerFailedFetch(contract, fetch, toldBy(first));
  }
  checkEntities(data, fetch.variables, errors.length > 0);
  if (Object.keys(data).length === 0 && errors.length === 0) throw new SubgraphFailure('malformed', 'empty data');
  return errors.length > 0 ? { data, errors: foldErrors(errors) } : { data };
}

/** As many entities must come back as were asked for, or rows would get each other's data. */
function checkEntities(data: Record<string, unknown>, variables: Record<string, unknown>, explained: boolean) {
  const { representations } = variables;
  if (!Array.isArray(representations)) return;
  const { _entities: entities } = data;
  if (entities === null && explained) return;
  if (!Array.isArray(entities) || entities.length !== representations.length) {
    throw new SubgraphFailure('malformed', 'another number of entities than was asked for');
  }
}

/** Keeps the codes that callers may see; without one, the error is masked further on. */
function tellable(error: SubgraphError): SubgraphError {
  const { code, source, argument } = error.extensions ?? {};
  if (code === 'GRAPHQL_VALIDATION_FAILED') {
    // The gateway checked the operation: what is left to refuse is a value that only the subgraph can judge.
    return { ...error, extensions: { code: 'BAD_USER_INPUT' } };
  }
  const known = typeof code === 'string' && (code === 'BAD_USER_INPUT' || code.startsWith('UPSTREAM_'));
  return {
    ...error,
    extensions: known ? { code, ...(source ? { source } : {}), ...(argument ? { argument } : {}) } : {},
  };
}

const toldBy = ({ message, extensions }: SubgraphError): Told => ({
  message: typeof message === 'string' ? message : '',
  extensions: extensions ?? {},
});
