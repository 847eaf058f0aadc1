import { z } from 'zod';
import type { VendorReply } from '../../vendor/server.ts';
import { methodNotAllowed, SalesforceError } from '../errors.ts';
import type { Store } from '../records/store.ts';
import { answerAll, requireUnique, subrequestsSchema } from './composite.ts';
import type { Answer, DataRequest } from './request.ts';
import { badInput, ok } from './request.ts';

const graphSchema = z.object({
  graphs: z.array(z.object({ graphId: z.string(), compositeRequest: subrequestsSchema })),
});

const maxNodes = 500;
const maxGraphs = 75;

/** Several composite requests in one call; each is written whole or not at all. */
export function answerGraphs(request: DataRequest, answer: Answer, store: Store): VendorReply {
  if (request.method !== 'POST') throw methodNotAllowed('POST');
  const parsed = graphSchema.safeParse(request.body);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));
  const { graphs } = parsed.data;
  const nodes = graphs.reduce((sum, { compositeRequest }) => sum + compositeRequest.length, 0);
  if (nodes > maxNodes) throw tooMany('nodes', maxNodes);
  if (graphs.length > maxGraphs) throw tooMany('graphs', maxGraphs);
  for (const { compositeRequest } of graphs) requireUnique(compositeRequest);

  return ok({
    graphs: graphs.map(({ graphId, compositeRequest }) => {
      const { answers, failed } = answerAll(compositeRequest, { allOrNone: true, base: request.url, answer, store });
      return { graphId, graphResponse: { compositeResponse: answers }, isSuccessful: !failed };
    }),
  });
}

const tooMany = (what: string, limit: number) =>
  new SalesforceError(400, 'LIMIT_EXCEEDED', `The maximum number of ${what} allowed in a graph request is ${limit}.`);
