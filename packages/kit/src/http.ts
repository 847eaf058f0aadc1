import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';
import type { ZodType, z } from 'zod';
import type { System } from './errors.ts';
import { systemNames, UpstreamError } from './errors.ts';
import { activeSpan, inClientSpan } from './spans.ts';

export interface VendorCall {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export interface VendorAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  text: string;
}

export interface VendorHttp {
  /**
   * Sends one call and returns whatever the vendor answered; its status is the client's to judge.
   *
   * @throws {UpstreamError} `unavailable` when no answer came, `timeout` past the deadline, `malformed` past the size cap
   */
  send(call: VendorCall): Promise<VendorAnswer>;
}

export interface VendorHttpOptions {
  system: System;
  /** Headers, body and all: a vendor that drips is cut here. @default 5000 */
  timeoutMs?: number;
  /** @default 10 MiB */
  maxBytes?: number;
  /** @default 8 */
  maxSockets?: number;
}

/** The only way out to a vendor: keep-alive, a deadline by signal, no redirects, capped answers, bodies left unread. */
export function createVendorHttp({
  system,
  timeoutMs = 5000,
  maxBytes = 10 * 1024 * 1024,
  maxSockets = 8,
}: VendorHttpOptions): VendorHttp {
  const agent = { keepAlive: true, maxSockets };
  const client = axios.create({
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent(agent),
    maxRedirects: 0,
    maxContentLength: maxBytes,
    maxBodyLength: maxBytes,
    proxy: false,
    responseType: 'text',
    transformResponse: [(text: unknown) => text],
    validateStatus: () => true,
  });

  async function send({ method, url, headers = {}, body, signal }: VendorCall): Promise<VendorAnswer> {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await client.request<string>({
        method,
        url,
        headers,
        ...(body === undefined ? {} : { data: body }),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      return { status: answer.status, headers: plainHeaders(answer.headers), text: answer.data ?? '' };
    } catch (error) {
      throw describeFailure(system, error, deadline.aborted || signal?.aborted === true);
    }
  }

  return {
    send(call) {
      const within = activeSpan();
      if (!within) return send(call);
      // Of the address only the host: the rest may hold a token or a question about a customer.
      const attributes = { 'http.request.method': call.method, 'server.address': URL.parse(call.url)?.hostname ?? '' };
      return inClientSpan(within, `${call.method} ${systemNames[system]}`, attributes, async (headers, span) => {
        const answer = await send({ ...call, headers: { ...call.headers, ...headers } });
        span.setAttribute('http.response.status_code', answer.status);
        return answer;
      });
    },
  };
}

function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Rebuilt from scratch: the library's own error carries the request with its credentials. */
function describeFailure(system: System, error: unknown, late: boolean): UpstreamError {
  if (late) return new UpstreamError(system, 'timeout', 'no complete answer before the deadline');
  const code = isAxiosError(error) ? error.code : undefined;
  if (code === 'ERR_BAD_RESPONSE')
    return new UpstreamError(system, 'malformed', 'the answer was cut or larger than allowed');
  return new UpstreamError(system, 'unavailable', `no connection (${code ?? 'unknown reason'})`);
}

/** @throws {UpstreamError} `malformed` when the text is not JSON */
export function parseJson(system: System, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UpstreamError(system, 'malformed', `the answer is not JSON (${text.length} characters)`);
  }
}

/** Reads a vendor's answer by its schema. @throws {UpstreamError} `malformed`, naming the fields that do not fit */
export function readAs<Schema extends ZodType>(system: System, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || '(root)'))].slice(0, 5);
  throw new UpstreamError(system, 'malformed', `the answer does not have the expected shape at ${fields.join(', ')}`);
}
