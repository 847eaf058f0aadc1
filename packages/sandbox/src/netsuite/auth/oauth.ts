import type { Control } from '../../vendor/control.ts';
import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAssertionGrant } from './assertion-grant.ts';
import type { Consent } from './code-grant.ts';
import { createCodeGrant } from './code-grant.ts';
import { refusal, unknownClient } from './replies.ts';

export const tokenPath = '/services/rest/auth/oauth2/v1/token';
export const revokePath = '/services/rest/auth/oauth2/v1/revoke';
export const authorizePath = '/app/login/oauth2/authorize.nl';

export interface OAuth {
  token(request: VendorRequest): Promise<VendorReply>;
  /** The consent page, and what is decided on it. */
  authorize(request: VendorRequest): VendorReply;
  revoke(request: VendorRequest): VendorReply;
  /** Whether a bearer token opens the REST services now. */
  accepts(bearer: string): Promise<boolean>;
}

/** OAuth 2.0: machine to machine with a signed assertion, and the authorization code grant with PKCE. */
export function createOAuth(
  credentials: NetsuiteCredentials,
  control: Control,
  now: () => number,
  consent: Consent,
): OAuth {
  const tokens = createAccessTokens(credentials.account, control, now);
  const assertion = createAssertionGrant(credentials, tokens, tokenPath, now);
  const code = createCodeGrant(credentials, tokens, consent, now);

  return {
    accepts: tokens.accepts,
    authorize: code.authorize,
    revoke: code.revoke,
    async token(request) {
      if (request.method !== 'POST') return refusal('invalid_request');
      if (control.faults.refuseCredentials) return unknownClient(credentials.account);
      const form = new URLSearchParams(request.body);
      switch (form.get('grant_type')) {
        case 'client_credentials':
          return assertion(request, form);
        case 'authorization_code':
        case 'refresh_token':
          return code.token(request, form);
        default:
          return refusal('unsupported_grant_type');
      }
    },
  };
}
