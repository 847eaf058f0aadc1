import { UpstreamError } from '@customer360/kit/errors';
import type { VendorHttp } from '@customer360/kit/http';
import { parseJson, readAs } from '@customer360/kit/http';
import { createTokenSource } from '@customer360/kit/token';
import { Connection } from 'jsforce/lib/connection.js';
import { z } from 'zod';
import type { Config } from './config.ts';
import { describeLoginRefusal } from './faults.ts';

/** One access token and the instance that it opens. */
export interface Session {
  connection: Connection;
  token: string;
  /** False for a token that replaced a refused one, until Salesforce takes it. */
  proven: boolean;
}

export interface Sessions {
  current(): Promise<Session>;
  /** A session other than the one that Salesforce just refused. */
  renew(refused: Session): Promise<Session>;
}

const granted = z.object({
  access_token: z.string().min(1),
  instance_url: z.url({ protocol: /^https?$/ }),
  refresh_token: z.string().nullish(),
});
const refused = z.object({ error: z.string() });

/** Salesforce does not say how long a token lives; by default it dies after two idle hours. */
const tokenLifeMs = 110 * 60_000;
const provenWithinMs = 5000;

/**
 * Sessions of this process: one login for all callers. jsforce's own refresh is not used because it has no bound: an
 * org that refuses every token would be asked for new ones without end.
 */
export function createSessions(config: Config['salesforce'], http: VendorHttp): Sessions {
  let { refreshToken } = config;
  let latest: (Session & { startedAt: number }) | null = null;
  let replacing = false;

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
    latest = { connection, token, proven: !replacing, startedAt: performance.now() };
    replacing = false;
    return { token, expiresInMs: tokenLifeMs };
  }

  const tokens = createTokenSource({ system: 'SALESFORCE', fetchToken: logIn });

  function opened(): Session {
    if (!latest) throw new UpstreamError('SALESFORCE', 'credentials', 'there is no session');
    return latest;
  }

  return {
    async current() {
      await tokens.get();
      return opened();
    },
    async renew(session) {
      const isLatest = latest?.token === session.token;
      if (isLatest && latest && !latest.proven && performance.now() - latest.startedAt < provenWithinMs) {
        throw new UpstreamError('SALESFORCE', 'credentials', 'a new session was refused at once');
      }
      if (isLatest) replacing = true;
      await tokens.renew(session.token);
      return opened();
    },
  };
}
