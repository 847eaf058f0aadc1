import { z } from 'zod';
import type { Control } from '../../vendor/control.ts';
import type { WebhookControl } from '../../vendor/control-api.ts';
import type { EventTarget, Outbox, OutboxOptions } from './outbox.ts';
import { createOutbox, defaultOutbox } from './outbox.ts';

const targetSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }), secret: z.string().min(1) });

/** The user event script as it is deployed: whom it posts to can be set while the account runs. */
export interface Script {
  outbox: Outbox;
  webhook: WebhookControl;
}

interface ScriptParts extends Partial<OutboxOptions> {
  control: Control;
  now: () => number;
  target?: EventTarget;
}

export function createScript({ control, now, target: first, ...options }: ScriptParts): Script {
  let target = first ?? null;
  const outbox = createOutbox(() => target, control, now, { ...defaultOutbox, ...options });
  return {
    outbox,
    webhook: {
      get: () => target && { url: target.url, outbox: outbox.counts() },
      set(body) {
        target = targetSchema.parse(body);
      },
      remove() {
        target = null;
      },
    },
  };
}
