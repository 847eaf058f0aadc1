import { z } from 'zod';
import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import { SuiteqlError } from '../suiteql/errors.ts';
import type { Suiteql } from '../suiteql/run.ts';
import { badParameter, RestError } from './errors.ts';
import { collectionReply, readPage } from './paging.ts';

export const suiteqlPath = '/services/rest/query/v1/suiteql';

const bodySchema = z.object({
  q: z.string().min(1),
  params: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).default([]),
});

/** Answers `POST /services/rest/query/v1/suiteql`. */
export function answerSuiteql(suiteql: Suiteql, control: Control, request: VendorRequest): VendorReply {
  if (request.method !== 'POST') {
    throw new RestError({ status: 405, code: 'METHOD_NOT_ALLOWED', detail: `${request.method} is not allowed here.` });
  }
  if (!/\btransient\b/.test(String(request.headers.prefer ?? ''))) {
    const detail = "The required header 'Prefer' is missing or invalid. Send 'Prefer: transient'.";
    throw new RestError({ status: 400, code: 'INVALID_HEADER', detail, where: { 'o:errorHeader': 'Prefer' } });
  }
  const page = readPage(request.url);
  const { q, params } = readBody(request.body);
  try {
    const { rows, totalResults } = suiteql.run(q, params, page);
    const items = control.scramble(rows).map((row) => ({ links: [], ...row }));
    return collectionReply(request.url, page, items, totalResults);
  } catch (error) {
    if (!(error instanceof SuiteqlError)) throw error;
    throw badParameter(
      'q',
      `Invalid search query. Detailed unprocessed description follows. Search error occurred: ${error.message}.`,
    );
  }
}

function readBody(text: string): z.output<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    const detail = 'The request body is not a JSON object with a query in the property q.';
    throw new RestError({ status: 400, code: 'INVALID_CONTENT', detail, where: { 'o:errorPath': 'q' } });
  }
}
