import { UpstreamError } from '@customer360/kit/errors';
import type { VendorHttp } from '@customer360/kit/http';
import { createVendorHttp, parseJson, readAs } from '@customer360/kit/http';
import { createVendorPolicy } from '@customer360/kit/policy';
import { createTokenSource } from '@customer360/kit/token';
import type { Config } from './config.ts';
import { checkStatus, describeRefusal } from './faults.ts';
import type { Question } from './query.ts';
import { toCall } from './query.ts';
import { createRateWindow } from './rate-window.ts';
import type { Body } from './records.ts';
import { body, identity } from './records.ts';

/** The connection to one Marketo instance: authentication, limits and the meaning of its answers. */
export interface MarketoClient {
  /** Asks one question. @throws {UpstreamError} */
  ask(question: Question): Promise<Body>;
  /** As `ask`, for work that nobody waits for: it leaves a third of the call limit to people. */
  askLater(question: Question, signal: AbortSignal): Promise<Body>;
}

const windowMs = 20_000;
/** A token in its last minute still works, and identity returns the same one: it is not asked for every call. */
const shortestTokenMs = 10_000;

export function createMarketoClient(settings: Config['marketo'], clock: () => Date = () => new Date()): MarketoClient {
  const { baseUrl, timeoutMs, concurrency, callsPerWindow } = settings;
  const http = createVendorHttp({ system: 'MARKETO', timeoutMs, maxSockets: concurrency + 1 });
  const policy = createVendorPolicy({ system: 'MARKETO', timeoutMs, slots: concurrency });
  const tokens = createTokenSource({ system: 'MARKETO', fetchToken: () => fetchToken(http, settings) });
  const window = createRateWindow({ calls: callsPerWindow, windowMs, patienceMs: timeoutMs / 2 });

  async function send(question: Question, token: string, signal: AbortSignal): Promise<Body> {
    const call = toCall(baseUrl, question);
    const answer = await http.send({ ...call, headers: { ...call.headers, authorization: `Bearer ${token}` }, signal });
    checkStatus(answer);
    const read = readAs('MARKETO', body, parseJson('MARKETO', answer.text));
    if (read.success) return read;
    const [error] = read.errors ?? [];
    throw describeRefusal(error?.code ?? '', error?.message ?? '', clock());
  }

  const ask = (question: Question, hasPlace: boolean) =>
    policy.run((signal) => {
      let placed = hasPlace;
      return tokens.use(async (token) => {
        if (!placed) await window.take(signal);
        placed = false;
        return send(question, token, signal);
      });
    });

  return {
    ask: (question) => ask(question, false),
    async askLater(question, signal) {
      await window.takeBelow(Math.max(1, Math.floor((callsPerWindow * 2) / 3)), signal);
      return ask(question, true);
    },
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
  });
  if (answer.status === 400) throw new UpstreamError('MARKETO', 'credentials', 'the identity service refused us');
  checkStatus(answer);
  const read = readAs('MARKETO', identity, parseJson('MARKETO', answer.text));
  return { token: read.access_token, expiresInMs: Math.max(read.expires_in * 1000, shortestTokenMs) };
}
