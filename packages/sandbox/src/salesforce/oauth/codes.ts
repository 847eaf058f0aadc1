import { createHash, randomBytes } from 'node:crypto';
import type { VendorReply } from '../../vendor/reply.ts';
import { salesforceCredentials } from '../credentials.ts';

/** Codes that a person's consent gives to an application, each for one login. */
export interface Codes {
  /** `GET /services/oauth2/authorize`: the person is logged in and agrees at once. */
  authorize(url: URL): VendorReply;
  /** Why the code of a token request is not taken; undefined when it is. */
  redeem(form: URLSearchParams): string | undefined;
}

interface Code {
  redirectUri: string;
  challenge: string | null;
  issuedAt: number;
}

const lifeMs = 15 * 60_000;
const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;

const page = (error: string, description: string): VendorReply => ({
  status: 400,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: `error=${error}&error_description=${encodeURIComponent(description)}`,
});

export function createCodes(now: () => number): Codes {
  const codes = new Map<string, Code>();
  return {
    authorize({ searchParams }) {
      const asked = (name: string) => searchParams.get(name);
      const redirectUri = asked('redirect_uri') ?? '';
      if (asked('client_id') !== salesforceCredentials.clientId) {
        return page('invalid_client_id', 'client identifier invalid');
      }
      if (!loopback.test(redirectUri)) {
        return page('redirect_uri_mismatch', 'redirect_uri must match configuration');
      }
      const answer: Record<string, string> = {};
      if (asked('response_type') !== 'code') {
        answer.error = 'unsupported_response_type';
        answer.error_description = 'response type not supported';
      } else {
        answer.code = `aPrx${randomBytes(48).toString('base64url')}`;
        codes.set(answer.code, { redirectUri, challenge: asked('code_challenge'), issuedAt: now() });
      }
      const state = asked('state');
      const target = new URL(redirectUri);
      for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
      if (state !== null) target.searchParams.set('state', state);
      return { status: 302, headers: { Location: target.href, 'cache-control': 'no-store' } };
    },
    redeem(form) {
      const text = form.get('code') ?? '';
      const code = codes.get(text);
      codes.delete(text);
      if (!code) return 'invalid authorization code';
      if (now() - code.issuedAt > lifeMs) return 'expired authorization code';
      if (form.get('redirect_uri') !== code.redirectUri) return 'redirect_uri must match configuration';
      const verifier = form.get('code_verifier') ?? '';
      const proven = createHash('sha256').update(verifier).digest('base64url') === code.challenge;
      return code.challenge !== null && !proven ? 'invalid code verifier' : undefined;
    },
  };
}
