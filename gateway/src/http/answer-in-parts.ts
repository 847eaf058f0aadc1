import type { Deferral } from '../defer/deferral.ts';
import { executeDeferred } from '../defer/execute-deferred.ts';
import type { Delivery } from '../defer/tell.ts';
import type { Services } from '../execute/execute.ts';
import type { Prepared } from '../prepare/prepare.ts';
import type { SourceTold } from '../provenance/heard.ts';
import { tellSources } from '../provenance/sources.ts';
import type { Answer } from './pipeline.ts';

/** Sends a part of an answer that is not the last, as JSON. */
export type Deliver = (body: string) => void;

/** Runs an operation in parts; the answer is the last of them. What nobody waits for any more then is ended. */
export async function answerInParts(
  prepared: Prepared,
  deferral: Deferral,
  variables: Readonly<Record<string, unknown>>,
  services: (signal: AbortSignal) => Services,
  gone: AbortSignal,
  deliver: Deliver,
): Promise<Answer> {
  const over = new AbortController();
  const end = () => over.abort();
  gone.addEventListener('abort', end, { once: true });
  if (gone.aborted) end();
  try {
    const used = services(over.signal);
    const { last, errors } = await executeDeferred(prepared, deferral, variables, used, (delivery) =>
      deliver(JSON.stringify(delivery)),
    );
    const body = JSON.stringify(withSources(last, tellSources(used.heard, errors)));
    return { status: 200, body, ran: { operation: prepared.operation.name?.value, partial: errors.length > 0 } };
  } finally {
    gone.removeEventListener('abort', end);
    end();
  }
}

/** Only with the last part is it known what all of them are made from; clients read extensions of its fragments. */
function withSources(last: Delivery, sources: SourceTold[]): Delivery {
  if (sources.length === 0) return last;
  const extensions = { sources };
  const [end, ...others] = last.incremental?.toReversed() ?? [];
  return end ? { ...last, incremental: [...others.reverse(), { ...end, extensions }] } : { ...last, extensions };
}
