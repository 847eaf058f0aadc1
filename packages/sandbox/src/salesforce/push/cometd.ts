import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { Sessions } from '../oauth/sessions.ts';
import { tokenOf } from '../oauth/sessions.ts';
import type { Usage } from '../rest/usage.ts';
import type { Bus } from './bus.ts';
import type { Client } from './clients.ts';
import { createClients, messagesFor } from './clients.ts';
import type { Message, Reply } from './messages.ts';
import { messagesSchema, refusal, replyTo } from './messages.ts';

export interface CometdOptions {
  bus: Bus;
  sessions: Sessions;
  control: Control;
  hasChannel(channel: string): boolean;
  /** How long a request without news is held. @default 110 seconds */
  holdMs?: number | undefined;
  /** Events that clients were given in the last 24 hours. */
  delivered: Usage;
  /** How many clients may listen at once. */
  maxClients: number;
}

export interface Cometd {
  answer(request: VendorRequest): Promise<VendorReply>;
  /** How many clients listen. */
  clients(): number;
}

const maxBodyBytes = 32_768;
const oldestVersion = 37;
const spent = '403::Organization total events daily limit exceeded';

/** The streaming endpoint `/cometd/{version}`: Bayeux by long polling, with replay. */
export function createCometd(options: CometdOptions): Cometd {
  const { bus, sessions, control, hasChannel, holdMs = 110_000, delivered, maxClients } = options;
  const clients = createClients(bus, control);
  const isSpent = () => delivered.used() >= delivered.limit;
  const advice = { interval: 0, timeout: holdMs, reconnect: 'retry' };

  function handshake(message: Message, token: string | undefined): Reply {
    const { clientId: _, ...asked } = message;
    const denied = (failureReason: string) => ({
      ...replyTo(asked, { error: '403::Handshake denied', successful: false, advice: { reconnect: 'none' } }),
      ext: { sfdc: { failureReason }, replay: true },
    });
    if (!sessions.isLive(token)) return denied('401::Authentication invalid');
    if (control.throttles() || clients.count() >= maxClients)
      return denied('403::Organization concurrent user limit exceeded');
    return replyTo(asked, {
      clientId: clients.add(token).id,
      ext: { replay: true, 'payload.format': true },
      minimumVersion: '1.0',
      version: '1.0',
      supportedConnectionTypes: ['long-polling'],
      successful: true,
    });
  }

  function subscribe(message: Message, client: Client): Reply {
    const { subscription = [], ext } = message;
    const replay = typeof ext?.replay === 'object' ? ext.replay : {};
    const fail = (error: string) => ({ ...refusal(message, error, 'none'), subscription, advice: undefined });
    if (isSpent()) return fail(spent);
    for (const channel of [subscription].flat()) {
      if (!hasChannel(channel)) {
        return fail(`400::The channel you requested to subscribe to doesn't exist {${channel}}`);
      }
      const from = replay[channel] ?? -1;
      const missed = from === -1 ? [] : from === -2 ? bus.kept(channel) : bus.after(channel, from);
      if (!missed) {
        return fail(
          `400::The replayId {${from}} you provided was invalid. Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
        );
      }
      client.channels.add(channel);
      client.queue.push(...missed.flatMap((event) => messagesFor(event, new Set([channel]))));
    }
    return replyTo(message, { subscription, successful: true });
  }

  function answerMeta(message: Message, client: Client): Reply {
    const { channel, subscription = [] } = message;
    switch (channel) {
      case '/meta/subscribe':
        return subscribe(message, client);
      case '/meta/unsubscribe':
        for (const each of [subscription].flat()) client.channels.delete(each);
        return replyTo(message, { subscription, successful: true });
      case '/meta/disconnect':
        clients.remove(client);
        return replyTo(message, { successful: true });
      default:
        return refusal(message, '403::Publish denied', 'none');
    }
  }

  /** Waits until there is news, the time is up, or the client hangs up. */
  function hold(client: Client, request: VendorRequest): Promise<void> {
    client.release?.();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        if (client.release === end) client.release = undefined;
        client.seenAt = Date.now();
        resolve();
      };
      const timer = setTimeout(end, holdMs).unref();
      client.release = end;
      request.onClose(end);
    });
  }

  async function connect(
    message: Message,
    client: Client,
    alone: boolean,
    request: VendorRequest,
  ): Promise<Reply[] | undefined> {
    const atOnce = !alone || !client.connected || message.advice?.timeout === 0 || client.queue.length > 0;
    client.connected = true;
    if (!atOnce) await hold(client, request);
    if (!sessions.isLive(client.token)) {
      clients.remove(client);
      return [refusal(message, '401::Authentication invalid', 'none')];
    }
    const { outage, share } = control.faults;
    // News for a client that hung up, or that cannot be reached, waits for its next request.
    if (request.isClosed() || (outage && share === 1)) return undefined;
    if (client.queue.length > 0 && isSpent()) {
      clients.remove(client);
      return [refusal(message, spent, 'none')];
    }
    const news = client.queue.splice(0);
    delivered.count(news.length);
    return [...news, replyTo(message, { successful: true, ...(atOnce && { advice }) })];
  }

  async function answer(request: VendorRequest): Promise<VendorReply> {
    const version = Number(/^\/cometd\/(\d+)\.0\/?/.exec(request.url.pathname)?.[1] ?? 0);
    if (request.method !== 'POST' || version < oldestVersion)
      return { status: 400, body: 'Unknown Bayeux Transport', headers: text };
    if (Buffer.byteLength(request.body) > maxBodyBytes)
      return { status: 413, body: 'Request too large', headers: text };
    const parsed = messagesSchema.safeParse(readJson(request.body));
    if (!parsed.success) return { status: 400, body: 'Invalid Bayeux message', headers: text };
    const messages = parsed.data;
    request.operation = `cometd:${(messages[0]?.channel ?? '').replace('/meta/', '')}`;

    const token = tokenOf(request);
    const replies: Reply[] = [];
    let connecting: { message: Message; client: Client } | undefined;
    for (const message of messages) {
      if (message.channel === '/meta/handshake') {
        replies.push(handshake(message, token));
        continue;
      }
      const client = clients.find(message.clientId);
      if (!client) {
        const gone = message.channel === '/meta/unsubscribe' && clients.hasLeft(message.clientId);
        const { subscription } = message;
        replies.push(
          gone
            ? replyTo(message, { subscription, successful: true })
            : refusal(message, '403::Unknown client', 'handshake'),
        );
      } else if (!sessions.isLive(token) || !sessions.isLive(client.token)) {
        clients.remove(client);
        replies.push(refusal(message, '401::Authentication invalid', 'none'));
      } else if (message.channel === '/meta/connect') {
        connecting = { message, client };
      } else {
        replies.push(answerMeta(message, client));
      }
    }
    if (connecting) {
      const news = await connect(connecting.message, connecting.client, messages.length === 1, request);
      if (!news) return { status: 503, headers: text, body: '' };
      replies.push(...news);
    }
    return { status: 200, body: replies, headers: cookies };
  }
  return { answer, clients: clients.count };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const text = { 'content-type': 'text/plain;charset=UTF-8' };
const cookies = { 'Set-Cookie': 'BAYEUX_BROWSER=c360-sandbox; Path=/; HttpOnly' };
