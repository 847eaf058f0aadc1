import { createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import type { AccessTokens } from './access-tokens.ts';
import { lifetimeSeconds, scopes } from './access-tokens.ts';
import { granted, refusal, unknownClient } from './replies.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const assertionClaims = z.object({
  iat: z.number(),
  exp: z.number(),
  scope: z
    .union([z.string().transform((text) => text.split(/[\s,]+/)), z.array(z.string())])
    .refine((asked) => asked.length > 0 && asked.every((scope) => scopes.includes(scope))),
});

/** Client credentials with a signed assertion. */
export function createAssertionGrant(
  credentials: NetsuiteCredentials,
  tokens: AccessTokens,
  path: string,
  now: () => number,
): (request: VendorRequest, form: URLSearchParams) => Promise<VendorReply> {
  const certificate = createPublicKey(credentials.certificate);

  const readAssertion = async (assertion: string, url: URL) => {
    const { payload } = await jwtVerify(assertion, certificate, {
      algorithms: ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
      audience: audiences(url, credentials.account, path),
      currentDate: new Date(now()),
      clockTolerance: 5,
    });
    const claims = assertionClaims.parse(payload);
    if (claims.exp - claims.iat > lifetimeSeconds || claims.iat > now() / 1000 + 60) throw new Error('too long');
    return claims;
  };

  return async (request, form) => {
    if (form.get('client_assertion_type') !== assertionType) return refusal('invalid_request');
    const assertion = form.get('client_assertion') ?? '';
    if (!isClient(assertion, credentials)) return unknownClient(credentials.account);
    try {
      const { scope } = await readAssertion(assertion, request.url);
      return granted(await tokens.issue(credentials.clientId, scope));
    } catch {
      return refusal('invalid_grant');
    }
  };
}

/** The address the client used, with either scheme as TLS may end before us, or the account's real one. */
function audiences(url: URL, account: string, path: string): string[] {
  const host = account.toLowerCase().replaceAll('_', '-');
  const real = `https://${host}.suitetalk.api.netsuite.com${path}`;
  return [`http://${url.host}${path}`, `https://${url.host}${path}`, real];
}

function isClient(assertion: string, { certificateId, clientId }: NetsuiteCredentials): boolean {
  try {
    return decodeProtectedHeader(assertion).kid === certificateId && decodeJwt(assertion).iss === clientId;
  } catch {
    return false;
  }
}
