import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { Logger } from '@customer360/kit/logger';

/**
 * The executor explains nulls that spread from a required field in an extension of its own. Callers have the errors;
 * where there are none, a subgraph broke its schema, which is for the log.
 */
export function hideValueCompletion(logger: Logger): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response: { body }, operationName }) {
          if (body.kind !== 'single' || !body.singleResult.extensions?.valueCompletion) return;
          const { valueCompletion, ...extensions } = body.singleResult.extensions;
          logger.debug({ valueCompletion, operationName }, 'a required field was null');
          if (Object.keys(extensions).length > 0) body.singleResult.extensions = extensions;
          else delete body.singleResult.extensions;
        },
      };
    },
  };
}
