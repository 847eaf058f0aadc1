import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@customer360/kit/logger';
import type { AbsentFields } from './absent-fields.ts';
import type { Contract } from './contract.ts';
import { answerFailedFetch, tellFailure } from './failed-fetch.ts';
import { readSubgraphAnswer } from './subgraph-answer.ts';
import type { FailureKind, SubgraphClient } from './subgraph-client.ts';
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
      const fetch = { query, variables };
      try {
        const sent = await client.send(JSON.stringify({ query, operationName, variables }));
        const answer = readSubgraphAnswer(contract, fetch, sent);
        if (incoming.kind === INCOMING_OPERATION) absentFields.note(incoming.incomingRequestContext, answer);
        return answer as Answer;
      } catch (error) {
        const kind: FailureKind = error instanceof SubgraphFailure ? error.kind : 'malformed';
        logger.warn({ err: error, service }, 'subgraph fetch failed');
        return answerFailedFetch(contract, fetch, tellFailure(service, kind)) as Answer;
      }
    },
  };
}

// The library's enum, named here because a const enum cannot be imported by type-stripped code.
const INCOMING_OPERATION = 'incoming operation';
