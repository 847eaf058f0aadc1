import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { SubgraphAnswer } from './subgraph-client.ts';

/**
 * A root field that several subgraphs answer together does not exist as soon as one of them says so: the others
 * answer from the key alone and cannot know.
 */
export interface AbsentFields {
  /** Remembers the root fields that an answer declares absent: null, and no error that explains it. */
  note(request: object, answer: SubgraphAnswer): void;
  plugin: ApolloServerPlugin<BaseContext>;
}

export function createAbsentFields(): AbsentFields {
  // Keyed by the request's own object: the plugin and the data sources see the same one.
  const absent = new WeakMap<object, Set<string>>();

  return {
    note(request, { data, errors }) {
      for (const [field, value] of Object.entries(data ?? {})) {
        if (value !== null) continue;
        if (errors?.some(({ path }) => !Array.isArray(path) || path[0] === field)) continue;
        const key = keyOf(request);
        absent.set(key, (absent.get(key) ?? new Set()).add(field));
      }
    },
    plugin: {
      async requestDidStart() {
        return {
          async willSendResponse(context) {
            const fields = absent.get(keyOf(context));
            const { body } = context.response;
            if (!fields || body.kind !== 'single' || !body.singleResult.data) return;
            const { data, errors } = body.singleResult;
            for (const field of fields) if (field in data) data[field] = null;
            const left = errors?.filter(({ path }) => !fields.has(String(path?.[0])));
            if (left?.length) body.singleResult.errors = left;
            else delete body.singleResult.errors;
          },
        };
      },
    },
  };
}

/** The server hands plugins and gateway different wrappers around the same `request`. */
const keyOf = (context: object): object => (context as { request: object }).request;
