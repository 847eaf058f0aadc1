/** An answer of a GraphQL endpoint as it came over HTTP. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes and check every value that they read
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions: Record<string, unknown> | undefined;
}

/** Posts one operation to `<url>/graphql`. */
export async function ask(url: string, query: string, variables: object = {}, operationName?: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const { data, errors = [], extensions } = (await response.json()) as Partial<Answer>;
  return { status: response.status, data, errors, extensions };
}
