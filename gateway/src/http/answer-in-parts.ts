import type { Deferral } from '../defer/deferral.ts';
import { executeDeferred } from '../defer/execute-deferred.ts';
import type { Services } from '../execute/execute.ts';
import type { Prepared } from '../prepare/prepare.ts';
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
    const delivered = await executeDeferred(prepared, deferral, variables, services(over.signal), (delivery) =>
      deliver(JSON.stringify(delivery)),
    );
    const ran = { operation: prepared.operation.name?.value, partial: delivered.partial };
    return { status: 200, body: JSON.stringify(delivered.last), ran };
  } finally {
    gone.removeEventListener('abort', end);
    end();
  }
}
