import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import type { Services } from '../execute/execute.ts';
import type { Run } from '../execute/run.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { startSteps } from './arrival.ts';
import type { DeferredObject } from './complete-part.ts';
import type { Deferral } from './deferral.ts';
import type { Delivery } from './tell.ts';
import { createTeller } from './tell.ts';

export interface Delivered {
  /** The last delivery, which is left to the caller to send; the whole answer when it is the first too. */
  last: Delivery;
  /** The errors that all of them tell. */
  errors: readonly GraphQLFormattedError[];
}

/** Runs an operation and delivers its answer in parts, each as soon as all that it shows is there. */
export async function executeDeferred(
  prepared: Prepared,
  deferral: Deferral,
  variables: Readonly<Record<string, unknown>>,
  services: Services,
  deliver: (delivery: Delivery) => void,
): Promise<Delivered> {
  const run: Run = { data: {}, errors: [], absent: new Set(), variables, ...services };
  if (prepared.introspect) Object.assign(run.data, prepared.introspect(variables));
  const arrival = startSteps(deferral.steps, run);
  const teller = createTeller(prepared, deferral, run);
  const waiting = new Set<Promise<unknown>>();
  let arrived: DeferredObject[][] = [];

  /** The same fragment at the same place of several objects is delivered for all of them at once. */
  const waitFor = (later: DeferredObject[]) => {
    for (const [partWaiting, objects] of Map.groupBy(later, teller.waitingOf)) {
      const arriving = arrival.of(partWaiting).then(() => {
        arrived.push(objects);
        waiting.delete(arriving);
      });
      waiting.add(arriving);
    }
  };

  try {
    await arrival.of(deferral.first);
    const { delivery, later } = teller.first();
    if (later.length === 0) return { last: delivery, errors: teller.told };
    deliver({ ...delivery, hasNext: true });
    waitFor(later);
    for (;;) {
      await Promise.race(waiting);
      // What comes at the same time goes out together.
      await nextTurn();
      const now = arrived;
      arrived = [];
      const incremental = now.flatMap((objects) => {
        const told = teller.later(objects);
        waitFor(told.later);
        return told.incremental;
      });
      if (waiting.size === 0 && arrived.length === 0) {
        return { last: { incremental, hasNext: false }, errors: teller.told };
      }
      deliver({ incremental, hasNext: true });
    }
  } finally {
    arrival.stop();
  }
}
