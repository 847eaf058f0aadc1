import { Kind, parse, print, visit } from 'graphql';

/** The same request without some fields, wherever they stand; what has no field left is left out too. */
export function withoutFields(body: string, names: readonly string[]): string {
  const request = JSON.parse(body) as { query: string };
  const query = visit(parse(request.query), {
    [Kind.FIELD]: {
      enter: ({ name }) => (names.includes(name.value) ? null : undefined),
      leave: ({ selectionSet }) => (selectionSet?.selections.length === 0 ? null : undefined),
    },
  });
  return JSON.stringify({ ...request, query: print(query) });
}
