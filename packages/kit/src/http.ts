import { isUtf8 } from 'node:buffer';
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
  /** What a success has to say that it is; an answer that is something else, or says nothing, is `malformed`. */
  expect?: 'json' | 'xml';
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
   * @throws {UpstreamError} `unavailable` when no answer came, `timeout` past the deadline, `malformed` for one that is
   * too large, damaged, or of another type than was asked for
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
    responseType: 'arraybuffer',
    transformResponse: [(bytes: unknown) => bytes],
    validateStatus: () => true,
  });

  async function send({ method, url, headers = {}, body, expect, signal }: VendorCall): Promise<VendorAnswer> {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await client.request<Buffer>({
        method,
        url,
        headers,
        ...(body === undefined ? {} : { data: body }),
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      return readAnswer(system, answer.status, plainHeaders(answer.headers), answer.data ?? Buffer.alloc(0), expect);
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
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

const types = {
  json: /^application\/([\w.-]+\+)?json\s*(;|$)/i,
  xml: /^(text|application)\/([\w.-]+\+)?xml\s*(;|$)/i,
};

/** A failure may be said in any form by whatever stands in front of the vendor: there, the status is enough. */
function readAnswer(
  system: System,
  status: number,
  headers: Record<string, string>,
  bytes: Buffer,
  expect: VendorCall['expect'],
): VendorAnswer {
  const success = status >= 200 && status < 300;
  if (success && expect && !types[expect].test(headers['content-type'] ?? '')) {
    throw new UpstreamError(system, 'malformed', `the answer does not say that it is ${expect.toUpperCase()}`);
  }
  // Else a damaged letter would become another one, and pass for the vendor's.
  if (success && !isUtf8(bytes)) throw new UpstreamError(system, 'malformed', 'the answer is not UTF-8');
  return { status, headers, text: utf8.decode(bytes) };
}

const utf8 = new TextDecoder();

/** Rebuilt from scratch: the library's own error carries the request with its credentials. */
function describeFailure(system: System, error: unknown, late: boolean): UpstreamError {
  if (late) return new UpstreamError(system, 'timeout', 'no complete answer before the deadline');
  const code = isAxiosError(error) ? error.code : undefined;
  if (code === 'ERR_BAD_RESPONSE')
    return new UpstreamError(system, 'malformed', 'the answer was cut or larger than allowed');
  // What cannot be unpacked, and what is not HTTP.
  if (code?.startsWith('Z_') || code?.startsWith('HPE_'))
    return new UpstreamError(system, 'malformed', `the answer is damaged (${code})`);
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
