import { UpstreamError } from '@customer360/kit/errors';
import type { VendorHttp } from '@customer360/kit/http';
import { createVendorHttp, parseJson, readAs } from '@customer360/kit/http';
import { createLimiter } from '@customer360/kit/limiter/limiter';
import type { RedisClient } from '@customer360/kit/limiter/redis-ledger';
import type { CallOptions } from '@customer360/kit/policy';
import { createVendorPolicy } from '@customer360/kit/policy';
import type { SourceHealth } from '@customer360/kit/source-health';
import { createTokenSource } from '@customer360/kit/token';
import type { Config } from './config.ts';
import { checkStatus, describeRefusal } from './faults.ts';
import type { Question } from './query.ts';
import { toCall } from './query.ts';
import { quotaDay } from './quota-day.ts';
import type { Body } from './records.ts';
import { body, identity } from './records.ts';

/** The connection to one Marketo instance: authentication, limits and the meaning of its answers. */
export interface MarketoClient {
  /** Asks one question. @throws {UpstreamError} */
  ask(question: Question): Promise<Body>;
  /** As `ask`, for work that nobody waits for: it leaves a third of the call limit to people, and rests from four fifths of the
   * day's quota on. */
  askLater(question: Question, signal: AbortSignal): Promise<Body>;
}

const windowMs = 20_000;
/** A token in its last minute still works, and identity returns the same one: it is not asked for every call. */
const shortestTokenMs = 10_000;

export interface ClientDeps {
  /** Tells when quotas start again. @default the system's clock */
  clock?: () => Date;
  health?: SourceHealth;
  redis?: RedisClient | undefined;
}

export function createMarketoClient(settings: Config['marketo'], deps: ClientDeps = {}): MarketoClient {
  const { baseUrl, policy: limits, concurrency, callsPerWindow, callsPerDay } = settings;
  const { clock = () => new Date(), health, redis } = deps;
  const { timeoutMs } = limits;
  const http = createVendorHttp({ system: 'MARKETO', timeoutMs, maxSockets: concurrency + 1 });
  const limiter = createLimiter({
    system: 'MARKETO',
    limits: {
      window: { calls: callsPerWindow, windowMs },
      concurrent: concurrency,
      quota: { calls: callsPerDay, periodOf: quotaDay },
    },
    account: new URL(baseUrl).host,
    leaseMs: timeoutMs * 2,
    redis,
    now: clock,
  });
  const policy = createVendorPolicy({
    system: 'MARKETO',
    ...limits,
    slots: concurrency,
    limiter,
    ...(health ? { health } : {}),
  });
  const tokens = createTokenSource({ system: 'MARKETO', fetchToken: () => fetchToken(http, settings) });

  async function send(question: Question, token: string, signal: AbortSignal): Promise<Body> {
    const call = toCall(baseUrl, question);
    const headers = { ...call.headers, authorization: `Bearer ${token}` };
    const answer = await http.send({ ...call, headers, expect: 'json', signal });
    checkStatus(answer);
    const read = readAs('MARKETO', body, parseJson('MARKETO', answer.text));
    if (read.success) return read;
    const [error] = read.errors ?? [];
    throw describeRefusal(error?.code ?? '', error?.message ?? '', clock());
  }

  // A call that is repeated with another token takes no second place: Marketo does not count one that it refused so.
  const ask = (question: Question, options?: CallOptions) =>
    policy.run((signal) => tokens.use((token) => send(question, token, signal)), options);

  return {
    ask: (question) => ask(question),
    askLater: (question, signal) => ask(question, { background: true, signal }),
  };
}

async function fetchToken(http: VendorHttp, { baseUrl, clientId, clientSecret }: Config['marketo']) {
  const answer = await http.send({
    method: 'POST',
    url: `${baseUrl}/identity/oauth/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    // In the body rather than in the address, which proxies write into their logs.
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
    expect: 'json',
  });
  if (answer.status === 400) throw new UpstreamError('MARKETO', 'credentials', 'the identity service refused us');
  checkStatus(answer);
  const read = readAs('MARKETO', identity, parseJson('MARKETO', answer.text));
  return { token: read.access_token, expiresInMs: Math.max(read.expires_in * 1000, shortestTokenMs) };
}
