import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { UpstreamError } from './errors.ts';
import type { Logger } from './logger.ts';

/** Writes each distinct failure of a request once: vendor faults as warnings, our own mistakes as errors. */
export function logFailures(logger: Logger): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, operationName }) {
          const seen = new Set<string>();
          for (const error of errors) {
            const cause = error.originalError;
            if (!cause || seen.has(cause.message)) continue;
            seen.add(cause.message);
            logger[levelOf(error)]({ err: cause, operationName, path: error.path?.join('.') }, 'field failed');
          }
        },
      };
    },
  };
}

/** A caller's mistake is told to the caller; an operator need not hear of it. */
function levelOf({ originalError, extensions }: GraphQLError): 'debug' | 'warn' | 'error' {
  if (extensions.code === 'BAD_USER_INPUT') return 'debug';
  return originalError instanceof UpstreamError ? 'warn' : 'error';
}
