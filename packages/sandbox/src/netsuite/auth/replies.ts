import type { VendorReply } from '../../vendor/reply.ts';
import { lifetimeSeconds } from './access-tokens.ts';

export const refusal = (error: string): VendorReply => ({ status: 400, body: { error } });

export const unknownClient = (account: string): VendorReply => ({
  status: 401,
  headers: { 'www-authenticate': `Basic realm="${account}"` },
  body: { error: 'invalid_client' },
});

export const granted = (accessToken: string, more: { refresh_token?: string } = {}): VendorReply => ({
  status: 200,
  headers: { 'cache-control': 'no-store' },
  body: { access_token: accessToken, ...more, expires_in: String(lifetimeSeconds), token_type: 'bearer' },
});
