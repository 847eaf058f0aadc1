import { z } from 'zod';
import type { WebhookControl } from '../../vendor/control-api.ts';
import type { ActivityLog } from '../activities/log.ts';
import type { Reader } from '../rows.ts';
import { fillTemplate } from './template.ts';

/** What `PUT /_control/webhook` takes, and the option `webhook`. */
export const webhookTargetSchema = z.strictObject({
  /** May hold tokens, like the template. */
  url: z.string().regex(/^https?:\/\//),
  /** @default POST */
  method: z.enum(['GET', 'POST']).optional(),
  /** The body with tokens such as `{{lead.Email Address}}`. @default everything there is to tell, in JSON */
  template: z.string().optional(),
  /** Marketo signs nothing: a secret header is what a receiver can know it by. */
  headers: z.record(z.string(), z.string()).optional(),
  /** Activity types that the unrequested trigger campaigns wait for. @default what their names say */
  events: z.array(z.number().int()).optional(),
  /** Which field of a person takes which value of a JSON answer: `{ 'score.total': 'leadScore' }`. */
  responseMappings: z.record(z.string(), z.string()).optional(),
});

/** Whom the *Call Webhook* step of every trigger campaign calls. */
export type WebhookTarget = z.output<typeof webhookTargetSchema>;

/** One call of the step. Marketo's payload is whatever template its users write; this is ours. */
export interface Notice {
  campaign: { id: number; name: string };
  lead: { id: number } & Record<string, unknown>;
  tokens: Record<string, string>;
  /** What the campaign waited for, when it was not requested. */
  trigger?: { activityTypeId: number; activityDate: string; primaryAttributeValue: string | null; attributes: object };
}

export interface Webhook {
  readonly target: WebhookTarget | undefined;
  /** Sets and tells the target at run time. */
  control: WebhookControl;
  /** Calls the target in the background, once, as Marketo does: it retries nothing. */
  call(notice: Notice): void;
  /** Notes what became of the step where it calls nobody. */
  note(notice: Notice, outcome: Outcome): void;
  /** Gives up the calls under way. */
  close(): void;
}

export interface Outcome {
  response: string;
  error: number;
}

/** Marketo's own error types beside HTTP's: the step was part of a batch, nothing came back, nobody was reached. */
export const batchStep = 1000;
const emptyAnswer = 1001;
const unreachable = 1;
const timeoutMs = 30_000;
const webhookId = 1;

interface WebhookOptions {
  target: WebhookTarget | undefined;
  reader: Reader;
  activities: ActivityLog;
  /** Sends now, later, more than once or never. */
  deliver(send: () => void): void;
  /** Writes what an answer says into the fields of a person. */
  map(leadId: number, values: Record<string, unknown>): void;
}

export function createWebhook(options: WebhookOptions): Webhook {
  const { reader, activities, deliver, map } = options;
  const closing = new AbortController();
  let { target } = options;

  async function send({ url, method = 'POST', headers, template }: WebhookTarget, notice: Notice): Promise<Outcome> {
    const encoding = template?.trimStart().startsWith('{') ? 'json' : 'plain';
    const body = template === undefined ? JSON.stringify(notice) : fillTemplate(template, notice, reader, encoding);
    try {
      const reply = await fetch(fillTemplate(url, notice, reader, 'url'), {
        method,
        headers: { ...(method === 'POST' && { 'content-type': 'application/json' }), ...headers },
        ...(method === 'POST' && { body }),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
      });
      const response = (await reply.text()).slice(0, 2000);
      return { response, error: reply.ok ? (response === '' ? emptyAnswer : 0) : reply.status };
    } catch {
      return { response: '', error: unreachable };
    }
  }

  function note({ campaign, lead }: Notice, { response, error }: Outcome) {
    const attributes = { Response: response, 'Error Type': error };
    const primary = [webhookId, 'Sandbox webhook'] as const;
    activities.write({ leadId: lead.id, typeId: 110, primary, campaignId: campaign.id, attributes }, 'callWebhook');
  }

  async function run(to: WebhookTarget, notice: Notice) {
    // A late event may come after the end.
    if (closing.signal.aborted) return;
    const outcome = await send(to, notice);
    if (closing.signal.aborted) return;
    note(notice, outcome);
    const values = outcome.error === 0 ? readMapped(outcome.response, to.responseMappings ?? {}) : {};
    if (Object.keys(values).length > 0) map(notice.lead.id, values);
  }

  return {
    get target() {
      return target;
    },
    control: {
      get: () => (target ? { ...target, headers: hideValues(target.headers ?? {}) } : null),
      set(body) {
        target = webhookTargetSchema.parse(body);
      },
      remove() {
        target = undefined;
      },
    },
    call(notice) {
      const to = target;
      if (to) deliver(() => void run(to, notice));
    },
    note,
    close: () => closing.abort(),
  };
}

/** Headers by name alone: one of them is a secret. */
const hideValues = (headers: Record<string, string>) =>
  Object.fromEntries(Object.keys(headers).map((name) => [name, '…']));

/** The values of a JSON answer that are to be kept; an answer that is no JSON has none. */
function readMapped(response: string, mappings: Record<string, string>): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(response);
  } catch {
    return {};
  }
  const valueAt = (path: string) =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], body);
  const pairs = Object.entries(mappings).map(([path, field]) => [field, valueAt(path)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value != null && typeof value !== 'object'));
}
