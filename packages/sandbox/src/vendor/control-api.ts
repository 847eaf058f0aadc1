import type { IncomingMessage, ServerResponse } from 'node:http';
import { ZodError, z } from 'zod';
import type { Control } from './control.ts';
import type { VendorReply } from './reply.ts';
import { textOf } from './reply.ts';
import { readBody } from './request.ts';

/** Whom a vendor tells of its events; what it takes depends on the vendor. */
export interface WebhookControl {
  /** What is set, secrets left out; null for nobody. */
  get(): object | null;
  set(body: unknown): void;
  remove(): void;
}

/** What a vendor lets the control API do in it. */
export interface ControlHooks {
  control: Control;
  crash(error: unknown): VendorReply;
  /** Makes a change in the vendor's data that no client asked for; `POST /_control/change`. */
  change?(body: unknown): object;
  /** `/_control/webhook`. */
  webhook?: WebhookControl;
}

interface Answer {
  status: number;
  body: object;
}

/** Answers the calls beside the vendor's own paths: watching, breaking and changing it. */
export async function answerControl(
  hooks: ControlHooks,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const text = await readBody(request);
  const { status, body } = attempt(hooks, () => answer(hooks, `${request.method} ${path}`, text));
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answer({ control, change, webhook }: ControlHooks, call: string, text: string): Answer {
  switch (call) {
    case 'GET /_control/calls':
      return ok({ total: control.calls.length, calls: control.calls });
    case 'DELETE /_control/calls':
      control.clearCalls();
      return ok({ total: 0, calls: [] });
    case 'GET /_control/faults':
      return ok(control.faults);
    case 'PUT /_control/faults':
      return ok(control.setFaults(JSON.parse(text)));
    case 'DELETE /_control/faults':
      control.heal();
      return ok(control.faults);
    case 'POST /_control/change':
      return change ? ok(change(JSON.parse(text))) : missing('This vendor has no changes to make.');
    case 'GET /_control/webhook':
    case 'PUT /_control/webhook':
    case 'DELETE /_control/webhook':
      return webhook ? answerWebhook(webhook, call, text) : missing('This vendor calls nobody.');
    default:
      return missing(
        `No control call ${call}. There are /_control/calls, /_control/faults, /_control/change and /_control/webhook.`,
      );
  }
}

function answerWebhook(webhook: WebhookControl, call: string, text: string): Answer {
  if (call.startsWith('PUT')) webhook.set(JSON.parse(text));
  if (call.startsWith('DELETE')) webhook.remove();
  return ok({ webhook: webhook.get() });
}

function attempt({ crash }: ControlHooks, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is not JSON.' } };
    const reply = crash(error);
    return { status: reply.status, body: { error: typeof reply.body === 'object' ? reply.body : textOf(reply) } };
  }
}

const ok = (body: object): Answer => ({ status: 200, body });
const missing = (error: string): Answer => ({ status: 404, body: { error } });
