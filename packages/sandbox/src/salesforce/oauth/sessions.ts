import { randomBytes } from 'node:crypto';
import type { Control } from '../../vendor/control.ts';
import { organizationId } from '../org.ts';
import { createUsage } from '../rest/usage.ts';

/** The access tokens and refresh tokens that are alive. */
export interface Sessions {
  /** Whether the user logged in as often as it may in an hour. */
  isSpent(): boolean;
  issue(refreshToken?: string): string;
  isLive(accessToken: string | undefined): boolean;
  /** A refresh token for another application or person. */
  newRefreshToken(): string;
  isRefreshToken(token: string): boolean;
  /** Replaces a refresh token by a new one, when the org rotates them. */
  rotate(refreshToken: string): string | undefined;
  /** Whether there was such a token. With a refresh token go the access tokens that it gave. */
  revoke(token: string): boolean;
}

interface Session {
  generation: number;
  refreshToken: string | undefined;
  usedAt: number;
}

const random = () => randomBytes(36).toString('base64url').replaceAll('-', '.');

export interface SessionsOptions {
  control: Control;
  firstRefreshToken: string;
  /** Whether a refresh token is replaced when it is used. */
  rotation: boolean;
  /** How long a session lives without a request. @default two hours */
  idleMs?: number | undefined;
  /** How often the user may log in within an hour. @default 3,600 */
  hourlyLogins?: number | undefined;
  now: () => number;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { control, firstRefreshToken, rotation, idleMs = 7_200_000, hourlyLogins = 3600, now } = options;
  const logins = createUsage(hourlyLogins, now, 1);
  const sessions = new Map<string, Session>();
  const refreshTokens = new Set([firstRefreshToken]);

  const newRefreshToken = () => {
    const token = `5Aep861.${random()}`;
    refreshTokens.add(token);
    return token;
  };

  return {
    newRefreshToken,
    isSpent: () => logins.used() >= logins.limit,
    issue(refreshToken) {
      logins.count(1);
      const token = `${organizationId.slice(0, 15)}!${random()}`;
      sessions.set(token, { generation: control.tokenGeneration, refreshToken, usedAt: now() });
      return token;
    },
    isLive(token) {
      const session = token === undefined ? undefined : sessions.get(token);
      if (session?.generation !== control.tokenGeneration || now() - session.usedAt > idleMs) return false;
      session.usedAt = now();
      return true;
    },
    isRefreshToken: (token) => refreshTokens.has(token),
    rotate(refreshToken) {
      if (!rotation) return undefined;
      refreshTokens.delete(refreshToken);
      return newRefreshToken();
    },
    revoke(token) {
      if (sessions.delete(token)) return true;
      if (!refreshTokens.delete(token)) return false;
      for (const [access, { refreshToken }] of sessions) if (refreshToken === token) sessions.delete(access);
      return true;
    },
  };
}

/** The access token of a request, from its header or, as identity URLs allow, from its address. */
export function tokenOf({ headers, url }: { headers: { authorization?: string | undefined }; url: URL }) {
  const [, token] = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return token ?? url.searchParams.get('oauth_token') ?? url.searchParams.get('access_token') ?? undefined;
}
