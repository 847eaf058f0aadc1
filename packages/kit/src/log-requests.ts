import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from './logger.ts';
import type { Metrics, RequestOutcome } from './metrics.ts';
import { callsOfRequest } from './request-calls.ts';

/** Counts every request, and writes one line of it at level info: what it cost at the vendors and how it ended. */
export function logRequests(logger: Logger, metrics: Metrics): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async willSendResponse({ response, operationName }) {
          if (response.body.kind !== 'single') return;
          const ms = performance.now() - began;
          const outcome = outcomeOf(response.body.singleResult);
          metrics.request(outcome, ms);
          const line = { operationName, ms: Math.round(ms), vendorCalls: callsOfRequest(), outcome };
          logger.info(line, 'request answered');
        },
      };
    },
  };
}

function outcomeOf({ data, errors }: FormattedExecutionResult): RequestOutcome {
  if (data === undefined) return 'refused';
  if (!errors?.length) return 'ok';
  return data === null ? 'failed' : 'partial';
}
