import type { Logger } from '@customer360/kit/logger';
import { activeSpan } from '@customer360/kit/spans';
import type { Metrics, RequestOutcome } from '../metrics/metrics.ts';
import type { Deliver } from './answer-in-parts.ts';
import type { Answer } from './pipeline.ts';
import type { GraphqlRequest } from './read-request.ts';

export type AnswerRequest = (
  request: GraphqlRequest,
  method: string,
  signal: AbortSignal,
  deliver?: Deliver,
) => Promise<Answer>;

/** Measures each answer, and writes one line of it at level info. A request that turns out to be none is left to who tells its sender so. */
export function measured({ counts, request: note }: Metrics, logger: Logger, answer: AnswerRequest): AnswerRequest {
  return async (request, method, signal, deliver) => {
    const began = performance.now();
    counts.requestsInFlight += 1;
    try {
      const answered = await answer(request, method, signal, deliver);
      const outcome = outcomeOf(answered, signal);
      nameSpan(answered, outcome);
      const ms = performance.now() - began;
      note(answered.ran?.operation, outcome, ms);
      logger.info(lineOf(answered, outcome, ms), 'request answered');
      return answered;
    } finally {
      counts.requestsInFlight -= 1;
    }
  };
}

/** What a person on call reads of a request; of what a caller wrote only the name, cut. */
const lineOf = ({ ran, status }: Answer, outcome: RequestOutcome, ms: number) => ({
  operationName: ran?.operation?.slice(0, 100),
  ms: Math.round(ms * 10) / 10,
  status,
  outcome,
  kept: ran?.kept === true,
});

function outcomeOf({ status, ran }: Answer, { aborted }: AbortSignal): RequestOutcome {
  if (aborted) return 'canceled';
  if (ran) return ran.partial ? 'partial' : 'ok';
  return status < 500 ? 'refused' : 'failed';
}

function nameSpan({ ran }: Answer, outcome: RequestOutcome) {
  const span = activeSpan()?.span;
  if (!span) return;
  span.setAttribute('graphql.outcome', outcome);
  if (ran?.operation !== undefined) span.setAttribute('graphql.operation.name', ran.operation.slice(0, 100));
}
