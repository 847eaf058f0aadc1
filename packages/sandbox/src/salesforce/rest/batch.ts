import { z } from 'zod';
import type { VendorReply } from '../../vendor/reply.ts';
import { methodNotAllowed, SalesforceError } from '../errors.ts';
import type { PartialFailure } from './partial.ts';
import { failPartly } from './partial.ts';
import type { Answer, DataRequest } from './request.ts';
import { attempt, badInput, ok } from './request.ts';

const batchSchema = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(z.object({ method: z.string(), url: z.string(), richInput: z.unknown().optional() })),
});

const maxRequests = 25;
const halted = {
  statusCode: 412,
  result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

/** Independent requests in one call; each counts as a call of its own. */
export function answerBatch(
  request: DataRequest,
  answer: Answer,
  count: (calls: number) => void,
  partial: PartialFailure,
): VendorReply {
  if (request.method !== 'POST') throw methodNotAllowed('POST');
  const parsed = batchSchema.safeParse(request.body);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));
  const { haltOnError, batchRequests } = parsed.data;
  if (batchRequests.length > maxRequests) {
    const message = `The batch request contains too many subrequests: ${batchRequests.length}. The maximum is ${maxRequests}.`;
    throw new SalesforceError(400, 'LIMIT_EXCEEDED', message);
  }
  count(Math.max(0, batchRequests.length - 1));
  let failed = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    if (haltOnError && failed) return halted;
    const path = url.replace(/^\/?(services\/data\/)?/, '/services/data/');
    const { status, body } = attempt(() => {
      failPartly(partial, method, path);
      return answer({ method: method.toUpperCase(), url: new URL(path, request.url), headers: {}, body: richInput });
    });
    failed ||= status >= 400;
    return { statusCode: status, result: body ?? null };
  });
  return ok({ hasErrors: failed, results });
}
