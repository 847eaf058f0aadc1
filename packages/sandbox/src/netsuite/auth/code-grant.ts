import { createHash, randomBytes } from 'node:crypto';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import type { AccessTokens } from './access-tokens.ts';
import { readAuthorization, redirect, writeConsentPage, writeRefusalPage } from './consent.ts';
import { granted, refusal, unknownClient } from './replies.ts';

/** Whether a person decides on the consent page, or everything is granted at once. */
export type Consent = 'ask' | 'grant';

export interface CodeGrant {
  authorize(request: VendorRequest): VendorReply;
  token(request: VendorRequest, form: URLSearchParams): Promise<VendorReply>;
  revoke(request: VendorRequest): VendorReply;
}

interface Code {
  clientId: string;
  redirectUri: string;
  scope: string[];
  challenge: string | null;
  expiresAt: number;
}

type Refresh = Pick<Code, 'clientId' | 'scope' | 'expiresAt'>;

const codeLifeMs = 10 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** A confidential client's refresh token lives a week and stays; a public one's lives two days and is used once. */
const refreshLifeMs = { confidential: 7 * dayMs, public: 2 * dayMs };

export function createCodeGrant(
  credentials: NetsuiteCredentials,
  tokens: AccessTokens,
  consent: Consent,
  now: () => number,
): CodeGrant {
  const codes = new Map<string, Code>();
  const refreshes = new Map<string, Refresh>();
  const random = () => randomBytes(32).toString('hex');

  const isPublic = (clientId: string) => clientId === credentials.publicClientId;
  const addRefresh = (clientId: string, scope: string[]) => {
    const token = random();
    const life = refreshLifeMs[isPublic(clientId) ? 'public' : 'confidential'];
    refreshes.set(token, { clientId, scope, expiresAt: now() + life });
    return token;
  };

  /** The client that a token request comes from: by Basic, or by its id alone where it is public. */
  const readClient = (request: VendorRequest, form: URLSearchParams): string | null => {
    const [, basic] = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const named = form.get('client_id');
    if (basic === undefined) return named !== null && isPublic(named) ? named : null;
    const given = Buffer.from(basic, 'base64').toString('utf8');
    const { webClientId, webClientSecret } = credentials;
    return given === `${webClientId}:${webClientSecret}` ? webClientId : null;
  };

  const exchange = async (clientId: string, form: URLSearchParams): Promise<VendorReply> => {
    const text = form.get('code') ?? '';
    const code = codes.get(text);
    codes.delete(text);
    if (!code || code.expiresAt < now() || code.clientId !== clientId) return refusal('invalid_grant');
    if (form.get('redirect_uri') !== code.redirectUri) return refusal('invalid_grant');
    const verifier = form.get('code_verifier') ?? '';
    const proven = createHash('sha256').update(verifier).digest('base64url') === code.challenge;
    if (code.challenge !== null && (!proven || !/^[\w.~-]{43,128}$/.test(verifier))) return refusal('invalid_grant');
    const accessToken = await tokens.issue(clientId, code.scope);
    return granted(accessToken, { refresh_token: addRefresh(clientId, code.scope) });
  };

  const refresh = async (clientId: string, form: URLSearchParams): Promise<VendorReply> => {
    const text = form.get('refresh_token') ?? '';
    const known = refreshes.get(text);
    if (!known || known.expiresAt < now() || known.clientId !== clientId) return refusal('invalid_grant');
    const accessToken = await tokens.issue(clientId, known.scope);
    if (!isPublic(clientId)) return granted(accessToken);
    refreshes.delete(text);
    return granted(accessToken, { refresh_token: addRefresh(clientId, known.scope) });
  };

  return {
    authorize(request) {
      const asked = request.method === 'POST' ? new URLSearchParams(request.body) : request.url.searchParams;
      const read = readAuthorization(asked, credentials);
      if ('page' in read) return writeRefusalPage(read.page);
      const { redirectUri, state } = read;
      if ('error' in read) return redirect(redirectUri, { error: read.error, state });
      const decision = request.method === 'POST' ? asked.get('decision') : consent === 'grant' ? 'allow' : null;
      if (decision === null) return writeConsentPage(asked, read.scope, read.clientId);
      if (decision !== 'allow') return redirect(redirectUri, { error: 'access_denied', state });
      const { clientId, scope, challenge } = read;
      const code = random();
      codes.set(code, { clientId, redirectUri, scope, challenge, expiresAt: now() + codeLifeMs });
      return redirect(redirectUri, { code, state, role: '3', entity: '12', company: credentials.account });
    },
    async token(request, form) {
      const clientId = readClient(request, form);
      if (clientId === null) return unknownClient(credentials.account);
      return form.get('grant_type') === 'refresh_token' ? refresh(clientId, form) : exchange(clientId, form);
    },
    revoke(request) {
      const form = new URLSearchParams(request.body);
      if (request.method !== 'POST' || !form.get('token')) return refusal('invalid_request');
      if (readClient(request, form) === null) return unknownClient(credentials.account);
      refreshes.delete(form.get('token') ?? '');
      return { status: 200 };
    },
  };
}
