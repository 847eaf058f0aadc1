import type { IncomingMessage } from 'node:http';
import { isObject } from '../execute/json.ts';
import type { KnownBodies } from './known-bodies.ts';

/** What a caller asks, as HTTP carried it. Whoever sends the same body again is given the same object. */
export interface GraphqlRequest {
  query: string;
  operationName?: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

/** An HTTP request that is no GraphQL request; the message tells its sender why. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const maxBodyBytes = 256 * 1024;
/** Headers that a page of another site cannot send without asking first. */
const preflighted = ['apollo-require-preflight', 'x-apollo-operation-name', 'graphql-require-preflight'];

/** Reads a GraphQL request by the GraphQL-over-HTTP specification. @throws {HttpProblem} */
export async function readRequest(request: IncomingMessage, known: KnownBodies): Promise<GraphqlRequest> {
  if (request.method === 'POST') return readPost(request, known);
  if (request.method === 'GET') return readGet(request);
  throw new HttpProblem(405, 'Send GraphQL requests with POST, or queries with GET.', { allow: 'GET, POST' });
}

async function readPost(request: IncomingMessage, known: KnownBodies): Promise<GraphqlRequest> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json(?:\s*;|$)/i.test(type)) {
    throw new HttpProblem(415, 'The content type has to be application/json.');
  }
  if (/charset\s*=\s*"?(?!utf-?8)/i.test(type)) throw new HttpProblem(415, 'The request has to be in UTF-8.');
  return known.get(await readBody(request), parseBody);
}

function parseBody(text: string): GraphqlRequest {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new HttpProblem(400, 'The request body is not JSON.');
  }
  if (Array.isArray(body)) throw new HttpProblem(400, 'Several operations in one request are not answered.');
  if (!isObject(body)) throw new HttpProblem(400, 'The request body has to be a JSON object.');
  return checkParameters(body);
}

function readGet(request: IncomingMessage): GraphqlRequest {
  if (!preflighted.some((name) => request.headers[name])) {
    throw new HttpProblem(400, `A GET request needs one of these headers: ${preflighted.join(', ')}.`);
  }
  const { searchParams } = new URL(request.url ?? '/', 'http://gateway');
  const json = (name: string) => {
    const text = searchParams.get(name);
    if (text === null || text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new HttpProblem(400, `The parameter ${name} is not JSON.`);
    }
  };
  return checkParameters({
    query: searchParams.get('query') ?? undefined,
    operationName: searchParams.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

function checkParameters({ query, operationName, variables, extensions }: Record<string, unknown>): GraphqlRequest {
  if (typeof query !== 'string' || query === '') throw new HttpProblem(400, 'The parameter query has to be a text.');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw new HttpProblem(400, 'The parameter operationName has to be a text.');
  }
  for (const [name, value] of [['variables', variables] as const, ['extensions', extensions] as const]) {
    if (value !== undefined && value !== null && !isObject(value)) {
      throw new HttpProblem(400, `The parameter ${name} has to be an object.`);
    }
  }
  return { query, operationName: operationName || undefined, variables: isObject(variables) ? variables : {} };
}

/** By events: an iterator over the body costs more than all the rest of a small request. */
function readBody(request: IncomingMessage): Promise<string> {
  const tooLarge = () => new HttpProblem(413, `The request body is larger than ${maxBodyBytes / 1024} kB.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else {
        request.pause();
        reject(tooLarge());
      }
    });
    request.once('end', () => {
      const [first] = chunks;
      resolve(chunks.length === 1 && first ? first.toString('utf8') : Buffer.concat(chunks, bytes).toString('utf8'));
    });
    request.once('error', reject);
  });
}
