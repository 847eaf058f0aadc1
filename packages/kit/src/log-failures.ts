import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { publicCodes, UpstreamError } from './errors.ts';
import type { Logger } from './logger.ts';

/** Writes each distinct failure of a request once: vendor faults as warnings, our own mistakes as errors. */
export function logFailures(logger: Logger): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, operationName }) {
          const seen = new Set<string>();
          for (const error of errors) {
            const cause = error.originalError instanceof Error ? error.originalError : error;
            if (seen.has(cause.message)) continue;
            seen.add(cause.message);
            logger[levelOf(error)]({ err: cause, operationName, path: error.path?.join('.') }, 'field failed');
          }
        },
      };
    },
  };
}

/** What the caller is told in full, an operator need not hear of; what is masked can be found only in the log. */
function levelOf({ originalError, extensions }: GraphQLError): 'debug' | 'warn' | 'error' {
  if (originalError instanceof UpstreamError) return 'warn';
  return publicCodes.has(String(extensions.code)) ? 'debug' : 'error';
}
