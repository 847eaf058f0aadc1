import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@customer360/kit/logger';
import type { AbsentFields } from './absent-fields.ts';
import type { Contract } from './contract.ts';
import { answerFailedFetch } from './failed-fetch.ts';
import { foldErrors } from './fold-errors.ts';
import type { FailureKind, SubgraphAnswer, SubgraphClient } from './subgraph-client.ts';
import { SubgraphFailure } from './subgraph-client.ts';

export interface SubgraphSourceOptions {
  service: string;
  client: SubgraphClient;
  contract: Contract;
  absentFields: AbsentFields;
  logger: Logger;
}

type Options = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** How the plan's fetches reach one subgraph. Never rejects: a dead subgraph blanks its own fields only. */
export function createSubgraphSource(options: SubgraphSourceOptions): GraphQLDataSource {
  const { service, client, contract, absentFields, logger } = options;

  return {
    async process({ request, ...incoming }: Options): Promise<Answer> {
      const { query = '', operationName, variables = {} } = request;
      try {
        const answer = await client.send(JSON.stringify({ query, operationName, variables }));
        checkEntities(answer, variables);
        if (incoming.kind === INCOMING_OPERATION) absentFields.note(incoming.incomingRequestContext, answer);
        return { ...answer, ...(answer.errors ? { errors: foldErrors(answer.errors) } : {}) } as Answer;
      } catch (error) {
        const kind: FailureKind = error instanceof SubgraphFailure ? error.kind : 'malformed';
        logger.warn({ err: error, service }, 'subgraph fetch failed');
        return answerFailedFetch(contract, { service, query, variables }, kind) as Answer;
      }
    },
  };
}

// The library's enum, named here because a const enum cannot be imported by type-stripped code.
const INCOMING_OPERATION = 'incoming operation';

/** As many entities must come back as were asked for, or rows would get each other's data. */
function checkEntities(answer: SubgraphAnswer, variables: Record<string, unknown>) {
  const { representations } = variables;
  if (!Array.isArray(representations) || answer.data == null) return;
  const entities = answer.data._entities;
  if (entities === undefined || entities === null) return;
  if (!Array.isArray(entities) || entities.length !== representations.length) {
    throw new SubgraphFailure('malformed', 'another number of entities than was asked for');
  }
}
