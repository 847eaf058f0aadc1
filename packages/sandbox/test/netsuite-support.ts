import { createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { netsuiteCredentials } from '../src/netsuite/credentials.ts';
import { startNetsuite } from '../src/netsuite/server.ts';
import { openWorld } from '../src/world/world.ts';

export const today = '2026-03-15';
export const tokenPath = '/services/rest/auth/oauth2/v1/token';
export const suiteqlPath = '/services/rest/query/v1/suiteql';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export const startSandbox = (now?: () => number) => {
  const world = openWorld({ seed: 7, size: 60, today });
  return startNetsuite({ host: '127.0.0.1', port: 0, world, ...(now ? { now } : {}) }).then((netsuite) => ({
    ...netsuite,
    world,
  }));
};

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

interface AssertionChanges {
  kid?: string;
  issuer?: string;
  audience?: string;
  scope?: string | string[];
  lifetime?: number;
  issuedAt?: number;
}

export function sign(url: string, changes: AssertionChanges = {}): Promise<string> {
  const issuedAt = changes.issuedAt ?? Math.floor(Date.now() / 1000);
  return new SignJWT({ scope: changes.scope ?? ['rest_webservices'], jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: changes.kid ?? netsuiteCredentials.certificateId })
    .setIssuer(changes.issuer ?? netsuiteCredentials.clientId)
    .setAudience(changes.audience ?? `${url}${tokenPath}`)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (changes.lifetime ?? 300))
    .sign(createPrivateKey(netsuiteCredentials.privateKey));
}

export function askToken(url: string, assertion: string, grant = 'client_credentials'): Promise<Response> {
  const body = { grant_type: grant, client_assertion_type: assertionType, client_assertion: assertion };
  return fetch(`${url}${tokenPath}`, { method: 'POST', body: new URLSearchParams(body) });
}

export async function getToken(url: string): Promise<string> {
  const answer = await askToken(url, await sign(url));
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}

export interface Collection {
  links: { rel: string; href: string }[];
  count: number;
  hasMore: boolean;
  items: ({ links: unknown[] } & Record<string, string>)[];
  offset: number;
  totalResults: number;
}

/** Runs a query with a fresh token and gives status and body. */
export function createQuery(url: string, token: string) {
  return async (q: string, params: unknown[] = [], search = '') => {
    const answer = await fetch(`${url}${suiteqlPath}${search}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, prefer: 'transient', 'content-type': 'application/json' },
      body: JSON.stringify({ q, params }),
    });
    return { status: answer.status, body: (await answer.json()) as Collection };
  };
}
