import type { ActivityLog } from '../activities/log.ts';

/** Whom the *Call Webhook* step of every requestable campaign calls. */
export interface WebhookTarget {
  url: string;
  /** Marketo signs nothing: a secret header is what a receiver can know it by. */
  headers?: Record<string, string>;
}

/** One call of the step. Marketo's payload is whatever template its users write; this is ours. */
export interface Notice {
  campaign: { id: number; name: string };
  lead: { id: number } & Record<string, unknown>;
  tokens: Record<string, string>;
}

export interface Webhook {
  /** Calls the target in the background, once, as Marketo does: it retries nothing. */
  call(notice: Notice): void;
  /** Gives up the calls under way. */
  close(): void;
}

const timeoutMs = 30_000;
const webhookId = 1;

export function createWebhook(target: WebhookTarget | undefined, activities: ActivityLog): Webhook {
  const closing = new AbortController();

  async function send({ url, headers }: WebhookTarget, notice: Notice): Promise<{ response: string; error: number }> {
    try {
      const reply = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(notice),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
      });
      return { response: (await reply.text()).slice(0, 2000), error: reply.ok ? 0 : reply.status };
    } catch {
      return { response: '', error: 1 };
    }
  }

  async function deliver(to: WebhookTarget, notice: Notice) {
    const { response, error } = await send(to, notice);
    if (closing.signal.aborted) return;
    const attributes = { Response: response, 'Error Type': error };
    const { campaign, lead } = notice;
    activities.write(
      { leadId: lead.id, typeId: 110, primary: [webhookId, 'Sandbox webhook'], campaignId: campaign.id, attributes },
      'callWebhook',
    );
  }

  return {
    call(notice) {
      if (target) void deliver(target, notice);
    },
    close: () => closing.abort(),
  };
}
