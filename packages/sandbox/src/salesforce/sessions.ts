import { createHmac, randomBytes } from 'node:crypto';
import type { Control } from '../vendor/control.ts';
import type { VendorReply, VendorRequest } from '../vendor/server.ts';
import { salesforceId } from '../world/salesforce-id.ts';
import { salesforceCredentials as credentials } from './credentials.ts';
import { SalesforceError } from './errors.ts';
import { organizationId } from './objects.ts';

/** The OAuth side of the org. */
export interface Sessions {
  token(request: VendorRequest): VendorReply;
  revoke(request: VendorRequest): VendorReply;
  /** Throws Salesforce's 401 unless the request carries a live access token. */
  require(request: VendorRequest): void;
}

export const userId = salesforceId('005', 1);

const refuse = (status: number, error: string, description: string): VendorReply => ({
  status,
  body: { error, error_description: description },
});

export function createSessions(control: Control): Sessions {
  const generations = new Map<string, number>();

  function issue(origin: string, scope: string): VendorReply {
    const token = `${organizationId.slice(0, 15)}!${randomBytes(36).toString('base64url').replaceAll('-', '.')}`;
    generations.set(token, control.tokenGeneration);
    const id = `${origin}/id/${organizationId}/${userId}`;
    const issuedAt = String(Date.now());
    return {
      status: 200,
      body: {
        access_token: token,
        signature: createHmac('sha256', credentials.clientSecret)
          .update(id + issuedAt)
          .digest('base64'),
        scope,
        instance_url: origin,
        id,
        token_type: 'Bearer',
        issued_at: issuedAt,
      },
    };
  }

  return {
    token(request) {
      const form = new URLSearchParams(request.body);
      const [basicId, basicSecret] = readBasic(request.headers.authorization);
      const grant = form.get('grant_type');
      if (!grant) return refuse(400, 'invalid_request', 'grant type is required');
      if (grant !== 'refresh_token' && grant !== 'client_credentials') {
        return refuse(400, 'unsupported_grant_type', 'grant type not supported');
      }
      if ((form.get('client_id') ?? basicId) !== credentials.clientId) {
        return refuse(400, 'invalid_client_id', 'client identifier invalid');
      }
      if ((form.get('client_secret') ?? basicSecret) !== credentials.clientSecret) {
        return refuse(400, 'invalid_client', 'invalid client credentials');
      }
      if (grant === 'client_credentials') return issue(request.url.origin, 'api');
      if (form.get('refresh_token') !== credentials.refreshToken) {
        return refuse(400, 'invalid_grant', 'expired access/refresh token');
      }
      return issue(request.url.origin, 'refresh_token api id');
    },
    revoke(request) {
      const token = new URLSearchParams(request.body).get('token') ?? request.url.searchParams.get('token');
      if (!token || !generations.delete(token))
        return refuse(400, 'unsupported_token_type', 'this token type is not supported');
      return { status: 200 };
    },
    require(request) {
      const [, token] = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      if (token === undefined || generations.get(token) !== control.tokenGeneration) {
        throw new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      }
    },
  };
}

function readBasic(header = ''): [string?, string?] {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(header) ?? [];
  if (!encoded) return [];
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return id === undefined ? [] : [id, secret.join(':')];
}
