import type { VendorHttp } from '@customer360/kit/http';
import { parseJson, readAs } from '@customer360/kit/http';
import type { TokenSource } from '@customer360/kit/token';
import { createTokenSource } from '@customer360/kit/token';
import { Connection } from 'jsforce/lib/connection.js';
import { z } from 'zod';
import type { Config } from './config.ts';
import { describeLoginRefusal } from './faults.ts';

const granted = z.object({
  access_token: z.string().min(1),
  instance_url: z.url({ protocol: /^https?$/ }),
  refresh_token: z.string().nullish(),
});
const refused = z.object({ error: z.string() });

/** Salesforce does not say how long a token lives; by default it dies after two idle hours. */
const tokenLifeMs = 110 * 60_000;

/**
 * Connections, each with an access token to the instance that it opens: one login for all callers. jsforce's own
 * refresh is not used because it has no bound: an org that refuses every token would be asked for new ones without end.
 */
export function createSessions(config: Config['salesforce'], http: VendorHttp): TokenSource<Connection> {
  let { refreshToken } = config;

  async function logIn() {
    const answer = await http.send({
      method: 'POST',
      url: `${config.loginUrl}/services/oauth2/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: config.clientId,
        client_secret: config.clientSecret,
      }).toString(),
      expect: 'json',
    });
    if (answer.status >= 500) throw describeLoginRefusal(answer.status, '');
    const json = parseJson('SALESFORCE', answer.text);
    if (answer.status !== 200) throw describeLoginRefusal(answer.status, refused.safeParse(json).data?.error ?? '');
    const {
      access_token: token,
      instance_url: instanceUrl,
      refresh_token: rotated,
    } = readAs('SALESFORCE', granted, json);
    // With rotation on, the token that was just used is dead.
    refreshToken = rotated ?? refreshToken;
    const connection = new Connection({ instanceUrl, accessToken: token, version: config.apiVersion });
    return { token: connection, expiresInMs: tokenLifeMs };
  }

  return createTokenSource<Connection>({ system: 'SALESFORCE', fetchToken: logIn });
}
