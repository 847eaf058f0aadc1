import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from '@customer360/kit/server';
import { pathOf } from '@customer360/kit/server';
import type { Answer } from './pipeline.ts';
import { refusalOf } from './pipeline.ts';
import type { GraphqlRequest } from './read-request.ts';
import { HttpProblem, readRequest } from './read-request.ts';

const graphqlType = 'application/graphql-response+json';

/** Serves `/graphql` by the GraphQL-over-HTTP specification. */
export function createHandler(
  answer: (request: GraphqlRequest, method: string, signal: AbortSignal) => Promise<Answer>,
): Handler {
  return async (request, response) => {
    if (pathOf(request) !== '/graphql') return false;
    const type = answerType(request.headers.accept);
    if (!type) {
      send(
        response,
        'application/json',
        refusalOf(406, [badRequest(`An answer can be ${graphqlType} or application/json.`)]),
      );
      return true;
    }
    try {
      const asked = await readRequest(request);
      send(response, type, await answer(asked, request.method ?? '', goneSignal(request, response)));
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
      if (error.status === 413) response.setHeader('connection', 'close');
      send(response, type, refusalOf(error.status, [badRequest(error.message)]));
    }
    return true;
  };
}

const badRequest = (message: string) => ({ message, extensions: { code: 'BAD_REQUEST' } });

/** Ends when the caller goes away before it is answered. */
function goneSignal(_request: IncomingMessage, response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function send(response: ServerResponse, type: string, { status, body }: Answer) {
  const bytes = Buffer.from(body);
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-length': bytes.length,
      'cache-control': 'private, no-store',
      vary: 'Accept',
    })
    .end(bytes);
}

/** The media type that the caller prefers of the two; none when it takes neither. */
function answerType(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === '*/*') return 'application/json';
  const wanted = accept.split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase() ?? '');
  const first = wanted.find((type) => [graphqlType, 'application/json', '*/*', 'application/*'].includes(type));
  if (first === undefined) return undefined;
  return first === graphqlType ? graphqlType : 'application/json';
}
