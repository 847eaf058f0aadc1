import { z } from 'zod';
import type { VendorReply } from '../../vendor/reply.ts';
import { methodNotAllowed, SalesforceError } from '../errors.ts';
import type { Store } from '../records/store.ts';
import type { Subrequest } from './composite.ts';
import { answerAll, requireUnique, subrequestsSchema } from './composite.ts';
import type { PartialFailure } from './partial.ts';
import type { Answer, DataRequest } from './request.ts';
import { badInput, ok } from './request.ts';

const graphSchema = z.object({
  graphs: z.array(z.object({ graphId: z.string(), compositeRequest: subrequestsSchema })),
});

const maxNodes = 500;
const maxGraphs = 75;
const maxDepth = 15;

/** Several composite requests in one call; each is written whole or not at all. */
export function answerGraphs(request: DataRequest, answer: Answer, store: Store, partial: PartialFailure): VendorReply {
  if (request.method !== 'POST') throw methodNotAllowed('POST');
  const parsed = graphSchema.safeParse(request.body);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));
  const { graphs } = parsed.data;
  const nodes = graphs.reduce((sum, { compositeRequest }) => sum + compositeRequest.length, 0);
  if (nodes > maxNodes) throw tooMany('nodes', maxNodes);
  if (graphs.length > maxGraphs) throw tooMany('graphs', maxGraphs);
  for (const { compositeRequest } of graphs) {
    requireUnique(compositeRequest);
    if (depthOf(compositeRequest) > maxDepth) throw tooMany('levels of nodes', maxDepth);
  }

  return ok({
    graphs: graphs.map(({ graphId, compositeRequest }) => {
      const surroundings = { allOrNone: true, base: request.url, answer, store, partial };
      const { answers, failed } = answerAll(compositeRequest, surroundings);
      return { graphId, graphResponse: { compositeResponse: answers }, isSuccessful: !failed };
    }),
  });
}

/** How many nodes the longest chain of references between them has. */
function depthOf(requests: Subrequest[]): number {
  const depths = new Map<string, number>();
  for (const { referenceId, ...request } of requests) {
    const named = JSON.stringify(request).matchAll(/@\{(\w+)/g);
    depths.set(referenceId, 1 + Math.max(0, ...[...named].map(([, name = '']) => depths.get(name) ?? 0)));
  }
  return Math.max(0, ...depths.values());
}

const tooMany = (what: string, limit: number) =>
  new SalesforceError(400, 'LIMIT_EXCEEDED', `The maximum number of ${what} allowed in a graph request is ${limit}.`);
