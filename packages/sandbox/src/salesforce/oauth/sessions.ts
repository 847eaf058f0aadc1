import { randomBytes } from 'node:crypto';
import type { Control } from '../../vendor/control.ts';
import { organizationId } from '../org.ts';

/** The access tokens and refresh tokens that are alive. */
export interface Sessions {
  issue(refreshToken?: string): string;
  isLive(accessToken: string | undefined): boolean;
  isRefreshToken(token: string): boolean;
  /** Replaces a refresh token by a new one, when the org rotates them. */
  rotate(refreshToken: string): string | undefined;
  /** Whether there was such a token. With a refresh token go the access tokens that it gave. */
  revoke(token: string): boolean;
}

const random = () => randomBytes(36).toString('base64url').replaceAll('-', '.');

export function createSessions(control: Control, firstRefreshToken: string, rotation: boolean): Sessions {
  const sessions = new Map<string, { generation: number; refreshToken: string | undefined }>();
  const refreshTokens = new Set([firstRefreshToken]);

  return {
    issue(refreshToken) {
      const token = `${organizationId.slice(0, 15)}!${random()}`;
      sessions.set(token, { generation: control.tokenGeneration, refreshToken });
      return token;
    },
    isLive: (token) => token !== undefined && sessions.get(token)?.generation === control.tokenGeneration,
    isRefreshToken: (token) => refreshTokens.has(token),
    rotate(refreshToken) {
      if (!rotation) return undefined;
      const next = `5Aep861.${random()}`;
      refreshTokens.delete(refreshToken);
      refreshTokens.add(next);
      return next;
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
