import { z } from 'zod';
import type { VendorReply } from '../../vendor/reply.ts';
import { SalesforceError } from '../errors.ts';
import type { Store } from '../records/store.ts';
import type { PartialFailure } from './partial.ts';
import { failPartly } from './partial.ts';
import { fillIn } from './references.ts';
import type { Answer } from './request.ts';
import { attempt, badInput } from './request.ts';

export const subrequestsSchema = z.array(
  z.object({
    method: z.string(),
    url: z.string(),
    referenceId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_]*$/),
    body: z.unknown().optional(),
    httpHeaders: z.record(z.string(), z.string()).nullish(),
  }),
);
export type Subrequest = z.output<typeof subrequestsSchema>[number];

const compositeSchema = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: subrequestsSchema,
});

const maxSubrequests = 25;
const maxQueries = 5;

export interface SubAnswer {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

/** Answers several requests in one call, each of which may use what the earlier ones answered. */
export function answerComposite(
  body: unknown,
  base: URL,
  answer: Answer,
  store: Store,
  partial: PartialFailure,
): { compositeResponse: SubAnswer[] } {
  const { allOrNone, compositeRequest } = read(body);
  return { compositeResponse: answerAll(compositeRequest, { allOrNone, base, answer, store, partial }).answers };
}

interface Surroundings {
  allOrNone: boolean;
  base: URL;
  answer: Answer;
  store: Store;
  partial: PartialFailure;
}

export function answerAll(requests: Subrequest[], { allOrNone, base, answer, store, partial }: Surroundings) {
  const bodies = new Map<string, unknown>();
  const answers: SubAnswer[] = [];
  const undo = new Error('taken back');
  const isFailed = ({ httpStatusCode }: SubAnswer) => httpStatusCode >= 400;

  function answerOne({ method, url, referenceId, body, httpHeaders }: Subrequest): SubAnswer {
    const reply = attempt(() => {
      const path = fillIn(url, bodies, encodeURIComponent) as string;
      refuseNesting(path);
      failPartly(partial, method, path);
      const headers = Object.fromEntries(
        Object.entries(httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return answer({
        method: method.toUpperCase(),
        url: new URL(path.replace(/^\/+/, '/'), base),
        headers,
        body: fillIn(body, bodies),
      });
    });
    bodies.set(referenceId, reply.body);
    return { body: reply.body ?? null, httpHeaders: headersOf(reply), httpStatusCode: reply.status, referenceId };
  }

  try {
    if (!allOrNone) return { answers: requests.map(answerOne), failed: false };
    store.transaction(() => {
      for (const request of requests) {
        answers.push(answerOne(request));
        if (answers.some(isFailed)) throw undo;
      }
    });
  } catch (error) {
    if (error !== undo) throw error;
    return { answers: requests.map((request, index) => takeBack(request, answers[index])), failed: true };
  }
  return { answers, failed: false };
}

function read(body: unknown) {
  const parsed = compositeSchema.safeParse(body);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));
  const { compositeRequest } = parsed.data;
  const queries = compositeRequest.filter(({ url }) =>
    /\/(query(All)?|composite\/sobjects)\/?(\?|\/|$)/i.test(url),
  ).length;
  const limit =
    compositeRequest.length > maxSubrequests ? maxSubrequests : queries > maxQueries ? maxQueries : undefined;
  if (limit !== undefined) {
    const what = limit === maxQueries ? 'query and sObject Collections subrequests' : 'subrequests';
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', `The maximum number of ${what} allowed is ${limit}.`);
  }
  requireUnique(compositeRequest);
  return parsed.data;
}

export function requireUnique(requests: Subrequest[]) {
  if (new Set(requests.map(({ referenceId }) => referenceId)).size < requests.length) {
    throw new SalesforceError(400, 'INVALID_INPUT', 'The referenceId of each subrequest must be unique.');
  }
}

function refuseNesting(path: string) {
  if (!/\/composite\/?(\?|$)|\/composite\/(batch|graph)/.test(path)) return;
  throw new SalesforceError(400, 'INVALID_INPUT', 'A composite request cannot be part of a composite request.');
}

function headersOf({ headers = {} }: VendorReply): Record<string, string> {
  const { Location, ETag } = headers;
  return { ...(Location !== undefined && { Location }), ...(ETag !== undefined && { ETag }) };
}

/** What was answered before the failure, and what was not reached, has not happened. */
function takeBack({ referenceId }: Subrequest, answer: SubAnswer | undefined): SubAnswer {
  if (answer && answer.httpStatusCode >= 400) return answer;
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return { body: [{ errorCode: 'PROCESSING_HALTED', message }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}
