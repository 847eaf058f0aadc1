import { z } from 'zod';
import type { VendorReply } from '../vendor/server.ts';
import { errorReply, SalesforceError } from './errors.ts';

const compositeSchema = z.object({
  allOrNone: z.boolean().default(false),
  compositeRequest: z.array(
    z.object({
      method: z.string(),
      url: z.string(),
      referenceId: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
    }),
  ),
});

const maxSubrequests = 25;
const maxQueries = 5;

interface SubAnswer {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

/** Answers several requests in one call; `answer` does one GET, given its path and query. */
export function answerComposite(
  body: string,
  answer: (url: string) => VendorReply,
): { compositeResponse: SubAnswer[] } {
  const { allOrNone, compositeRequest } = read(body);
  const bodies = new Map<string, unknown>();
  const answers: SubAnswer[] = [];

  for (const { method, url, referenceId } of compositeRequest) {
    const reply = attempt(() => {
      if (method.toUpperCase() !== 'GET') {
        throw new SalesforceError(405, 'METHOD_NOT_ALLOWED', 'HTTP Method not allowed. Allowed are GET');
      }
      return answer(substitute(url, bodies));
    });
    bodies.set(referenceId, reply.body);
    answers.push({ body: reply.body, httpHeaders: {}, httpStatusCode: reply.status, referenceId });
  }
  const halted = allOrNone && answers.some(({ httpStatusCode }) => httpStatusCode >= 400);
  return { compositeResponse: halted ? answers.map(rollBack) : answers };
}

function read(body: string) {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new SalesforceError(
      400,
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no valid one.',
    );
  }
  const parsed = compositeSchema.safeParse(json);
  if (!parsed.success) throw new SalesforceError(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
  const { compositeRequest } = parsed.data;
  const queries = compositeRequest.filter(({ url }) => /\/query(All)?\/?(\?|\/|$)/i.test(url)).length;
  const limit =
    compositeRequest.length > maxSubrequests ? maxSubrequests : queries > maxQueries ? maxQueries : undefined;
  if (limit !== undefined) {
    const what = limit === maxQueries ? 'query and sObject Collections subrequests' : 'subrequests';
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', `The maximum number of ${what} allowed is ${limit}.`);
  }
  if (new Set(compositeRequest.map(({ referenceId }) => referenceId)).size < compositeRequest.length) {
    throw new SalesforceError(400, 'INVALID_INPUT', 'The referenceId of each subrequest must be unique.');
  }
  return parsed.data;
}

function attempt(work: () => VendorReply): VendorReply {
  try {
    return work();
  } catch (error) {
    return errorReply(error);
  }
}

/** Puts values of earlier answers in the place of `@{reference.path}`. */
function substitute(url: string, bodies: ReadonlyMap<string, unknown>): string {
  return url.replace(/@\{([^}]+)\}/g, (whole, path: string) => {
    const [reference = '', ...steps] = path.split(/[.[\]]+/).filter(Boolean);
    let value = bodies.get(reference);
    for (const step of steps) {
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
    }
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new SalesforceError(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${whole} found.`);
    }
    return encodeURIComponent(value);
  });
}

function rollBack(answer: SubAnswer): SubAnswer {
  if (answer.httpStatusCode >= 400) return answer;
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return { ...answer, body: [{ errorCode: 'PROCESSING_HALTED', message }], httpStatusCode: 400 };
}
