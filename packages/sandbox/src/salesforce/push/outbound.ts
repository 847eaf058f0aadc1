import { z } from 'zod';
import type { Control } from '../../vendor/control.ts';
import type { WebhookControl } from '../../vendor/control-api.ts';
import { salesforceId } from '../../world/salesforce-id.ts';
import { SalesforceError } from '../errors.ts';
import type { Change } from '../records/store.ts';
import { findObject } from '../schema/objects.ts';
import type { Notification } from './outbound-envelope.ts';
import { isAcknowledged, writeEnvelope } from './outbound-envelope.ts';

/** Outbound messages: an org posts what was created or changed to one address until that acknowledges it. */
export interface Outbound extends WebhookControl {
  changed(changes: Change[], origin: string): void;
  close(): void;
}

const targetSchema = z.strictObject({
  url: z.url(),
  object: z.string(),
  fields: z.array(z.string()).min(1).default(['Id']),
  /** The first pause after a failure; each that follows is twice as long, up to two hours. */
  retryMs: z.number().int().min(1).default(15_000),
});
type Target = z.output<typeof targetSchema>;
type Waiting = Notification & { since: number };

const perMessage = 100;
const timeoutMs = 60_000;
const longestPauseMs = 2 * 3_600_000;
const lifeMs = 24 * 3_600_000;

export function createOutbound(control: Control, now: () => number): Outbound {
  const closing = new AbortController();
  let target: Target | null = null;
  let origin = '';
  let waiting: Waiting[] = [];
  let sending = false;
  let failures = 0;
  let sent = 0;

  async function post(to: Target, messages: Waiting[]): Promise<boolean> {
    try {
      const reply = await fetch(to.url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', SOAPAction: '""' },
        body: writeEnvelope(messages, salesforceId('04k', 1), origin),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
      });
      return isAcknowledged(reply.status, await reply.text());
    } catch {
      return false;
    }
  }

  /** One message at a time; what is not acknowledged within a day is given up. */
  async function flush() {
    if (sending || closing.signal.aborted) return;
    sending = true;
    try {
      for (;;) {
        waiting = waiting.filter(({ since }) => now() - since <= lifeMs);
        const to = target;
        const messages = waiting.slice(0, perMessage);
        if (!to || messages.length === 0) return;
        if (!(await post(to, messages))) {
          failures += 1;
          setTimeout(() => void flush(), Math.min(to.retryMs * 2 ** (failures - 1), longestPauseMs)).unref();
          return;
        }
        failures = 0;
        const done = new Set(messages);
        waiting = waiting.filter((message) => !done.has(message));
      }
    } finally {
      sending = false;
    }
  }

  return {
    get: () => target,
    set(body) {
      const asked = targetSchema.parse(body);
      const object = findObject(asked.object);
      if (!object) throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${asked.object}' is not supported.`);
      const fields = asked.fields.map((name) => object.fields.get(name.toLowerCase())?.name ?? unknownField(name));
      target = { ...asked, object: object.name, fields };
      failures = 0;
    },
    remove() {
      target = null;
      waiting = [];
    },
    changed(changes, from) {
      origin = from;
      for (const { object, id, after } of changes) {
        if (!target || object.name !== target.object || !after) continue;
        const { fields } = target;
        const values = Object.fromEntries(['Id', ...fields].map((name) => [name, name === 'Id' ? id : after[name]]));
        sent += 1;
        const notification = { id: salesforceId('04l', sent), object: object.name, values, since: now() };
        control.deliver(() => {
          waiting.push(notification);
          void flush();
        });
      }
    },
    close: () => closing.abort(),
  };
}

function unknownField(name: string): never {
  throw new SalesforceError(400, 'INVALID_FIELD', `No such column '${name}'`);
}
