import type { ServerResponse } from 'node:http';
import type { Handler } from '@customer360/kit/server';
import { pathOf } from '@customer360/kit/server';
import { encodedFrom } from './encoded.ts';
import { createKnownBodies } from './known-bodies.ts';
import type { AnswerRequest } from './measured.ts';
import { acceptsParts, createMultipart } from './multipart.ts';
import type { Answer } from './pipeline.ts';
import { refusalOf } from './pipeline.ts';
import { HttpProblem, readRequest } from './read-request.ts';

const graphqlType = 'application/graphql-response+json';
const jsonType = 'application/json';

/** Serves `/graphql` by the GraphQL-over-HTTP specification; `onProblem` hears of what is no GraphQL request. */
export function createHandler(answer: AnswerRequest, onProblem?: (ms: number) => void): Handler {
  const bodies = createKnownBodies();
  return async (request, response) => {
    if (pathOf(request) !== '/graphql') return false;
    const began = performance.now();
    const accepted = answerType(request.headers.accept);
    if (!accepted) {
      onProblem?.(performance.now() - began);
      send(response, jsonType, refusalOf(406, [badRequest(`An answer can be ${graphqlType} or ${jsonType}.`)]));
      return true;
    }
    const { type, plain } = accepted;
    try {
      const asked = await readRequest(request, bodies);
      const parts = acceptsParts(request.headers.accept) ? createMultipart(response) : undefined;
      const answered = await answer(asked, request.method ?? '', goneSignal(response), parts?.deliver);
      if (!parts?.begun) send(response, type, answered, plain && answered.status === 400 ? 200 : answered.status);
      else if (answered.status === 200) parts.end(answered.body);
      // Of a mistake of our own the caller can only be told by the lack of an end.
      else response.destroy();
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      onProblem?.(performance.now() - began);
      for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
      if (error.status === 413) response.setHeader('connection', 'close');
      send(response, type, refusalOf(error.status, [badRequest(error.message)]));
    }
    return true;
  };
}

const badRequest = (message: string) => ({ message, extensions: { code: 'BAD_REQUEST' } });

/** Ends when the caller goes away before it is answered. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function send(response: ServerResponse, type: string, answer: Answer, status = answer.status) {
  const { body } = answer;
  if (body.length >= encodedFrom) answer.bytes ??= Buffer.from(body);
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-length': answer.bytes?.length ?? Buffer.byteLength(body),
      'cache-control': 'private, no-store',
      vary: 'Accept',
    })
    .end(answer.bytes ?? body);
}

interface AnswerType {
  type: string;
  /** Who asks for plain JSON by name is told of a mistake in the operation with 200, as before there were media types. */
  plain: boolean;
}

/** The media type that the caller prefers of the two; none when it takes neither. */
function answerType(accept = '*/*'): AnswerType | undefined {
  const wanted = accept.split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase() ?? '');
  const first = wanted.find((type) => [graphqlType, jsonType, '*/*', 'application/*'].includes(type));
  if (first === undefined) return undefined;
  return { type: first === graphqlType ? graphqlType : jsonType, plain: first === jsonType };
}
