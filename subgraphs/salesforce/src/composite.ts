import { UpstreamError } from '@customer360/kit/errors';
import { readAs } from '@customer360/kit/http';
import { z } from 'zod';
import { describeRefusal } from './faults.ts';
import type { Page } from './records.ts';
import { pageSchema } from './records.ts';

const compositeSchema = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});
const errorsSchema = z.array(z.object({ errorCode: z.string() })).min(1);

const referenceOf = (index: number) => `query${index}`;

/** One request that carries several queries; each is answered for itself. */
export function compositeOf(paths: readonly string[]): object {
  const compositeRequest = paths.map((url, index) => ({ method: 'GET', url, referenceId: referenceOf(index) }));
  return { allOrNone: false, compositeRequest };
}

/**
 * The page of each query, or why there is none.
 *
 * @throws {UpstreamError | TokenRefusedError} a refused session or throttling inside: both concern the whole call
 */
export function readComposite(answer: unknown, count: number): (Page | UpstreamError)[] {
  const { compositeResponse } = readAs('SALESFORCE', compositeSchema, answer);
  return Array.from({ length: count }, (_, index) => {
    const part = compositeResponse.find(({ referenceId }) => referenceId === referenceOf(index));
    try {
      if (part && part.httpStatusCode >= 400) throw refusalOf(part);
      return readAs('SALESFORCE', pageSchema, part?.body);
    } catch (error) {
      if (error instanceof UpstreamError && error.fault !== 'busy') return error;
      throw error;
    }
  });
}

function refusalOf({ httpStatusCode, body }: { httpStatusCode: number; body?: unknown }) {
  const code = errorsSchema.safeParse(body).data?.[0]?.errorCode ?? `ERROR_HTTP_${httpStatusCode}`;
  return describeRefusal(httpStatusCode, code);
}
