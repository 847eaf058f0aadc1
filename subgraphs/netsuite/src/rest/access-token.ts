import { UpstreamError } from '@customer360/kit/errors';
import type { VendorAnswer, VendorHttp } from '@customer360/kit/http';
import { parseJson, readAs } from '@customer360/kit/http';
import type { TokenSource } from '@customer360/kit/token';
import { createTokenSource } from '@customer360/kit/token';
import { oauthError, tokenAnswer } from '../records.ts';
import type { Machine } from './assertion.ts';
import { createAssertion } from './assertion.ts';
import { judgeStatus } from './faults.ts';

const refusals = new Set(['invalid_client', 'invalid_grant', 'unauthorized_client', 'invalid_scope']);

/** Access tokens by OAuth 2.0 machine to machine. Shared by the process. */
export function createAccessTokens(deps: { http: VendorHttp; baseUrl: string; machine: Machine }): TokenSource {
  const url = `${deps.baseUrl}/services/rest/auth/oauth2/v1/token`;
  const assertion = createAssertion(deps.machine, url);

  return createTokenSource({
    system: 'NETSUITE',
    async fetchToken() {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(),
      });
      const answer = await deps.http.send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: form.toString(),
        expect: 'json',
      });
      if (isRefusal(answer)) throw new UpstreamError('NETSUITE', 'credentials', 'refused the certificate or client');
      judgeStatus(answer);
      const token = readAs('NETSUITE', tokenAnswer, parseJson('NETSUITE', answer.text));
      return { token: token.access_token, expiresInMs: token.expires_in * 1000 };
    },
  });
}

function isRefusal({ status, text }: VendorAnswer): boolean {
  if (status === 401) return true;
  if (status !== 400) return false;
  const body = oauthError.safeParse(parseJson('NETSUITE', text));
  return body.success && refusals.has(body.data.error);
}
