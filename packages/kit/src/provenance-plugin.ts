import type { ApolloServerPlugin } from '@apollo/server';
import type { ReadLog } from './reads.ts';

/** What the context of every subgraph's request carries. */
export interface WithReads {
  reads: ReadLog;
}

/** Tells the gateway where an answer came from, how long it is good, and what makes it void. */
export function tellProvenance<Context extends WithReads>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ contextValue, response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.data) return;
        body.singleResult.extensions = {
          ...body.singleResult.extensions,
          customer360: contextValue.reads.provenance(),
        };
      },
    }),
  };
}
