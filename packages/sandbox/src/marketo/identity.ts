import { randomUUID } from 'node:crypto';
import type { Control } from '../vendor/control.ts';
import type { VendorReply } from '../vendor/reply.ts';
import type { VendorRequest } from '../vendor/request.ts';
import { Refusal } from './answers.ts';
import type { MarketoCredentials } from './credentials.ts';

export interface Identity {
  /** Answers `/identity/oauth/token`. */
  token(request: VendorRequest): VendorReply;
  /** @throws Refusal unless the call carries a live token in its Authorization header. */
  check(request: VendorRequest): void;
}

interface Issued {
  token: string;
  generation: number;
  expiresAt: number;
}

/** One custom service has one token at a time: asking again returns it with less time left. */
export function createIdentity(
  credentials: MarketoCredentials,
  control: Control,
  { lifetimeMs, fromQuery, now }: { lifetimeMs: number; fromQuery: boolean; now: () => number },
): Identity {
  const issued = new Map<string, Issued>();
  let current: Issued | undefined;
  const live = (token: Issued) => token.generation === control.tokenGeneration && token.expiresAt > now();

  return {
    token(request) {
      if (request.method !== 'GET' && request.method !== 'POST') return denied(405, 'invalid_request', 'Bad method');
      const form = new URLSearchParams(request.method === 'POST' ? request.body : '');
      const given = (name: string) => request.url.searchParams.get(name) ?? form.get(name) ?? '';
      if (given('grant_type') !== 'client_credentials') {
        return denied(400, 'unsupported_grant_type', `Unsupported grant type: ${given('grant_type')}`);
      }
      if (control.faults.refuseCredentials || given('client_id') !== credentials.clientId) {
        return denied(401, 'unauthorized', `No client with requested id: ${given('client_id')}`);
      }
      if (given('client_secret') !== credentials.clientSecret) {
        return denied(401, 'invalid_client', 'Bad client credentials');
      }
      if (!current || !live(current)) {
        const generation = control.tokenGeneration;
        current = { token: `${randomUUID()}:sj`, generation, expiresAt: now() + lifetimeMs };
        issued.set(current.token, current);
      }
      const expires_in = Math.max(0, Math.ceil((current.expiresAt - now()) / 1000) - 1);
      const body = { access_token: current.token, token_type: 'bearer', expires_in, scope: credentials.apiUser };
      return { status: 200, body };
    },
    check(request) {
      const token = bearer(request) ?? (fromQuery ? request.url.searchParams.get('access_token') : null);
      if (!token) throw new Refusal('600', 'Access token not specified');
      const known = issued.get(token);
      if (!known) throw new Refusal('601', 'Access token invalid');
      if (!live(known)) throw new Refusal('602', 'Access token expired');
    },
  };
}

function bearer(request: VendorRequest): string | undefined {
  const [scheme = '', token] = (request.headers.authorization ?? '').split(/ +/, 2);
  return scheme.toLowerCase() === 'bearer' ? token : undefined;
}

function denied(status: number, error: string, error_description: string): VendorReply {
  return { status, body: { error, error_description } };
}
