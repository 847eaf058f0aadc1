import { createHmac, createPublicKey } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import { salesforceCredentials as credentials } from '../credentials.ts';
import { organizationId, userId } from '../org.ts';
import type { Codes } from './codes.ts';
import type { Sessions } from './sessions.ts';

const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const grants = ['authorization_code', 'refresh_token', 'client_credentials', 'password', jwtGrant];

const refuse = (error: string, description: string): VendorReply => ({
  status: 400,
  body: { error, error_description: description },
});

/** `POST /services/oauth2/token`, all grant types. */
export async function answerToken(
  sessions: Sessions,
  codes: Codes,
  control: Control,
  { body, headers, url }: VendorRequest,
): Promise<VendorReply> {
  const form = new URLSearchParams(body);
  const [basicId, basicSecret] = readBasic(headers.authorization);
  const grant = form.get('grant_type');
  if (!grant) return refuse('invalid_request', 'grant type is required');
  if (!grants.includes(grant)) return refuse('unsupported_grant_type', 'grant type not supported');
  if (control.faults.refuseCredentials) return refuse('invalid_grant', 'expired access/refresh token');
  if (sessions.isSpent()) return refuse('rate_limit_exceeded', 'login rate exceeded');
  const now = control.clock();
  if (grant === jwtGrant) {
    const problem = await judgeAssertion(form.get('assertion') ?? '', url.origin, now());
    return problem ?? grantAccess(sessions, url.origin, now(), 'api id');
  }
  if ((form.get('client_id') ?? basicId) !== credentials.clientId) {
    return refuse('invalid_client_id', 'client identifier invalid');
  }
  if ((form.get('client_secret') ?? basicSecret) !== credentials.clientSecret) {
    return refuse('invalid_client', 'invalid client credentials');
  }
  if (grant === 'client_credentials') return grantAccess(sessions, url.origin, now(), 'api id');
  if (grant === 'authorization_code') {
    const problem = codes.redeem(form);
    if (problem !== undefined) return refuse('invalid_grant', problem);
    const given = sessions.newRefreshToken();
    return grantAccess(sessions, url.origin, now(), 'refresh_token api id', given, given);
  }
  if (grant === 'password') {
    const { username, password, securityToken } = credentials;
    const known = form.get('username')?.toLowerCase() === username;
    if (!known || form.get('password') !== `${password}${securityToken}`) {
      return refuse('invalid_grant', 'authentication failure');
    }
    return grantAccess(sessions, url.origin, now(), 'api id');
  }
  const refreshToken = form.get('refresh_token');
  if (!refreshToken) return refuse('invalid_request', 'refresh token is required');
  if (!sessions.isRefreshToken(refreshToken)) return refuse('invalid_grant', 'expired access/refresh token');
  const rotated = sessions.rotate(refreshToken);
  return grantAccess(sessions, url.origin, now(), 'refresh_token api id', rotated ?? refreshToken, rotated);
}

function grantAccess(
  sessions: Sessions,
  origin: string,
  now: number,
  scope: string,
  from?: string,
  rotated?: string,
): VendorReply {
  const id = `${origin}/id/${organizationId}/${userId}`;
  const issuedAt = String(now);
  const signature = createHmac('sha256', credentials.clientSecret)
    .update(id + issuedAt)
    .digest('base64');
  return {
    status: 200,
    headers: { 'cache-control': 'no-cache, no-store', pragma: 'no-cache' },
    body: {
      access_token: sessions.issue(from),
      ...(rotated !== undefined && { refresh_token: rotated }),
      signature,
      scope,
      instance_url: origin,
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
    },
  };
}

const publicKey = createPublicKey(credentials.certificate);
const loginHosts = ['https://login.salesforce.com', 'https://test.salesforce.com'];

async function judgeAssertion(assertion: string, origin: string, now: number): Promise<VendorReply | undefined> {
  try {
    const { payload } = await jwtVerify(assertion, publicKey, {
      algorithms: ['RS256'],
      audience: [origin, `${origin}/`, `${origin}/services/oauth2/token`, ...loginHosts],
      requiredClaims: ['iss', 'sub', 'exp'],
      currentDate: new Date(now),
    });
    if (payload.iss !== credentials.clientId) return refuse('invalid_client_id', 'client identifier invalid');
    if (payload.sub?.toLowerCase() !== credentials.username) {
      return refuse('invalid_grant', "user hasn't approved this consumer");
    }
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refuse('invalid_grant', 'expired authorization code');
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      return refuse('invalid_grant', 'audience is invalid');
    }
    return refuse('invalid_grant', 'invalid assertion');
  }
}

/** `POST` or `GET /services/oauth2/revoke`. */
export function answerRevoke(sessions: Sessions, { body, url }: VendorRequest): VendorReply {
  const token = new URLSearchParams(body).get('token') ?? url.searchParams.get('token');
  if (!token) return refuse('invalid_request', 'token is required');
  return sessions.revoke(token)
    ? { status: 200 }
    : refuse('unsupported_token_type', 'this token type is not supported');
}

function readBasic(header = ''): [string?, string?] {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(header) ?? [];
  if (!encoded) return [];
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return id === undefined ? [] : [id, secret.join(':')];
}
