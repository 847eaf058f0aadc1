import { marketoCredentials } from '../src/marketo/credentials.ts';
import { type MarketoOptions, startMarketo } from '../src/marketo/server.ts';
import type { RunningVendor } from '../src/vendor/server.ts';
import { openWorld } from '../src/world/world.ts';

export const world = openWorld({ seed: 3, size: 120, today: '2026-11-22' });

export interface MarketoBody {
  requestId: string;
  success: boolean;
  result?: Record<string, unknown>[];
  errors?: { code: string; message: string }[];
  warnings?: unknown[];
  nextPageToken?: string;
  moreResult?: boolean;
}

/** A sandbox on a free port with a caller that holds a token. */
export async function openMarketo(options: Partial<MarketoOptions> = {}) {
  const vendor: RunningVendor = await startMarketo({ host: '127.0.0.1', port: 0, world, ...options });
  const credentialsWith = (other: Record<string, string> = {}) =>
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: marketoCredentials.clientId,
      client_secret: marketoCredentials.clientSecret,
      ...other,
    });
  const credentials = credentialsWith();
  const askToken = async (method = 'GET') => {
    const url = `${vendor.url}/identity/oauth/token`;
    const reply =
      method === 'GET' ? await fetch(`${url}?${credentials}`) : await fetch(url, { method, body: credentials });
    return (await reply.json()) as { access_token: string; expires_in: number; scope: string; token_type: string };
  };
  let token = (await askToken()).access_token;
  const authorized = (path: string, init: RequestInit = {}) =>
    fetch(`${vendor.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    });
  const call = async (path: string, init: RequestInit = {}): Promise<MarketoBody> =>
    (await (await authorized(path, init)).json()) as MarketoBody;
  return {
    vendor,
    askToken,
    call,
    fetch: authorized,
    credentials: credentialsWith,
    useToken: (value: string) => {
      token = value;
    },
    [Symbol.asyncDispose]: () => vendor.close(),
  };
}

export function rows(sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
  return world.db.prepare(sql).all(...values);
}

/** A POST of JSON. */
export const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A call of the control API, by its last word. */
export async function control(
  { vendor }: { vendor: RunningVendor },
  what: 'change' | 'faults' | 'webhook',
  body?: object,
  method = what === 'change' ? 'POST' : 'PUT',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const reply = await fetch(`${vendor.url}/_control/${what}`, { method, ...(body && { body: JSON.stringify(body) }) });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}
