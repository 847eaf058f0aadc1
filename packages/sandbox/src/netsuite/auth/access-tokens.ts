import { randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Control } from '../../vendor/control.ts';

export const scopes = ['restlets', 'rest_webservices', 'suite_analytics'];
export const lifetimeSeconds = 3600;

export interface AccessTokens {
  issue(clientId: string, scope: string[]): Promise<string>;
  /** Whether a bearer token opens the REST services now. */
  accepts(bearer: string): Promise<boolean>;
}

const claims = z.object({ generation: z.number(), scope: z.array(z.string()) });

/** Access tokens live an hour, or until the control expires them. */
export function createAccessTokens(account: string, control: Control, now: () => number): AccessTokens {
  const key = randomBytes(32);
  return {
    issue: (clientId, scope) =>
      new SignJWT({ scope, generation: control.tokenGeneration, company: account })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer('sandbox')
        .setSubject(clientId)
        .setJti(randomUUID())
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(Math.floor(now() / 1000) + lifetimeSeconds)
        .sign(key),
    async accepts(bearer) {
      try {
        const { payload } = await jwtVerify(bearer, key, { currentDate: new Date(now()), algorithms: ['HS256'] });
        const { generation, scope } = claims.parse(payload);
        return generation === control.tokenGeneration && scope.includes('rest_webservices');
      } catch {
        return false;
      }
    },
  };
}
