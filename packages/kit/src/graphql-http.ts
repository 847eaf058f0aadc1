import type { IncomingMessage } from 'node:http';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { Handler } from './server.ts';
import { pathOf, sendJson } from './server.ts';

class BodyError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const maxBodyBytes = 256 * 1024;

/** Serves an Apollo Server at `/graphql`. The context is made once per request. */
export function createGraphqlHandler<Context extends BaseContext>(
  server: ApolloServer<Context>,
  createContext: (request: IncomingMessage) => Context,
): Handler {
  return async (request, response) => {
    if (pathOf(request) !== '/graphql') return false;
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    let body: unknown;
    try {
      body = await readJsonBody(request);
    } catch (error) {
      if (!(error instanceof BodyError)) throw error;
      sendJson(response, error.status, { errors: [{ message: error.message, extensions: { code: 'BAD_REQUEST' } }] });
      return true;
    }
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: new URL(request.url ?? '/', 'http://x').search,
        body,
      },
      context: async () => createContext(request),
    });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.setHeader('cache-control', 'private, no-store');
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'complete') {
      response.end(answer.body.string);
    } else {
      for await (const part of answer.body.asyncIterator) response.write(part);
      response.end();
    }
    return true;
  };
}

/** The parsed body of a JSON request; nothing for a request without one. */
async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new BodyError(413, `The request body is larger than ${maxBodyBytes / 1024} kB.`);
    chunks.push(part);
  }
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BodyError(400, 'The request body is not JSON.');
  }
}
