import { createPublicKey, randomBytes, randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Control } from '../../vendor/control.ts';
import type { VendorReply, VendorRequest } from '../../vendor/server.ts';
import type { NetsuiteCredentials } from '../credentials.ts';

export const tokenPath = '/services/rest/auth/oauth2/v1/token';

export interface OAuth {
  token(request: VendorRequest): Promise<VendorReply>;
  /** Whether a bearer token opens the REST services now. */
  accepts(bearer: string): Promise<boolean>;
}

const scopes = ['restlets', 'rest_webservices', 'suite_analytics'];
const lifetimeSeconds = 3600;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const assertionClaims = z.object({
  iat: z.number(),
  exp: z.number(),
  scope: z
    .union([z.string().transform((text) => text.split(/[\s,]+/)), z.array(z.string())])
    .refine((asked) => asked.length > 0 && asked.every((scope) => scopes.includes(scope))),
});

const accessClaims = z.object({ generation: z.number(), scope: z.array(z.string()) });

/** OAuth 2.0 client credentials with a signed assertion; access tokens live an hour or until the control expires them. */
export function createOAuth(credentials: NetsuiteCredentials, control: Control, now: () => number): OAuth {
  const certificate = createPublicKey(credentials.certificate);
  const signingKey = randomBytes(32);

  const issue = (scope: string[]) =>
    new SignJWT({ scope, generation: control.tokenGeneration, company: credentials.account })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer('sandbox')
      .setSubject(credentials.clientId)
      .setJti(randomUUID())
      .setIssuedAt(Math.floor(now() / 1000))
      .setExpirationTime(Math.floor(now() / 1000) + lifetimeSeconds)
      .sign(signingKey);

  const readAssertion = async (assertion: string, url: URL) => {
    const { payload } = await jwtVerify(assertion, certificate, {
      algorithms: ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
      audience: audiences(url, credentials.account),
      currentDate: new Date(now()),
      clockTolerance: 5,
    });
    const claims = assertionClaims.parse(payload);
    if (claims.exp - claims.iat > lifetimeSeconds || claims.iat > now() / 1000 + 60) throw new Error('too long');
    return claims;
  };

  return {
    async token(request) {
      const form = new URLSearchParams(request.body);
      if (request.method !== 'POST') return refusal('invalid_request');
      if (form.get('grant_type') !== 'client_credentials') return refusal('unsupported_grant_type');
      if (form.get('client_assertion_type') !== assertionType) return refusal('invalid_request');
      const assertion = form.get('client_assertion') ?? '';
      if (!isClient(assertion, credentials)) return unknownClient(credentials.account);
      try {
        const { scope } = await readAssertion(assertion, request.url);
        const body = { access_token: await issue(scope), expires_in: String(lifetimeSeconds), token_type: 'bearer' };
        return { status: 200, headers: { 'cache-control': 'no-store' }, body };
      } catch {
        return refusal('invalid_grant');
      }
    },
    async accepts(bearer) {
      try {
        const { payload } = await jwtVerify(bearer, signingKey, {
          currentDate: new Date(now()),
          algorithms: ['HS256'],
        });
        const { generation, scope } = accessClaims.parse(payload);
        return generation === control.tokenGeneration && scope.includes('rest_webservices');
      } catch {
        return false;
      }
    },
  };
}

/** The address the client used, with either scheme as TLS may end before us, or the account's real one. */
function audiences(url: URL, account: string): string[] {
  const host = account.toLowerCase().replaceAll('_', '-');
  const real = `https://${host}.suitetalk.api.netsuite.com${tokenPath}`;
  return [`http://${url.host}${tokenPath}`, `https://${url.host}${tokenPath}`, real];
}

function isClient(assertion: string, { certificateId, clientId }: NetsuiteCredentials): boolean {
  try {
    return decodeProtectedHeader(assertion).kid === certificateId && decodeJwt(assertion).iss === clientId;
  } catch {
    return false;
  }
}

const refusal = (error: string): VendorReply => ({ status: 400, body: { error } });

const unknownClient = (account: string): VendorReply => ({
  status: 401,
  headers: { 'www-authenticate': `Basic realm="${account}"` },
  body: { error: 'invalid_client' },
});
