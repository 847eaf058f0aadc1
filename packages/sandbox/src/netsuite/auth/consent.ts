import type { VendorReply } from '../../vendor/reply.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import { scopes } from './access-tokens.ts';

interface Authorization {
  clientId: string;
  redirectUri: string;
  state: string;
  scope: string[];
  /** The S256 challenge of PKCE; only a confidential client may leave it out. */
  challenge: string | null;
}

type Read = Authorization | { redirectUri: string; state: string; error: string } | { page: string };

/** Reads what an application asks for. What cannot be trusted is told on a page, the rest to the application. */
export function readAuthorization(asked: URLSearchParams, credentials: NetsuiteCredentials): Read {
  const text = (name: string) => asked.get(name) ?? '';
  const [clientId, redirectUri, state] = [text('client_id'), text('redirect_uri'), text('state')];
  const { webClientId, publicClientId } = credentials;
  if (clientId !== webClientId && clientId !== publicClientId) return { page: 'The application is not known.' };
  if (!isAllowed(redirectUri, credentials)) return { page: 'The redirect address is not one of the application.' };

  const refuse = (error: string): Read => ({ redirectUri, state, error });
  if (text('response_type') !== 'code') return refuse('unsupported_response_type');
  if (state.length < 22 || state.length > 1024) return refuse('invalid_request');
  const scope = text('scope').split(/[\s,+]+/);
  if (!scope.every((each) => scopes.includes(each))) return refuse('invalid_scope');
  const challenge = asked.get('code_challenge');
  const provable = challenge !== null && text('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge);
  if (!provable && (challenge !== null || clientId === publicClientId)) return refuse('invalid_request');
  return { clientId, redirectUri, state, scope, challenge };
}

/** The registered address, or any on this machine: the sandbox is for development. */
function isAllowed(redirectUri: string, { redirectUri: registered }: NetsuiteCredentials): boolean {
  if (redirectUri === registered) return true;
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

export function redirect(to: string, parameters: Record<string, string>): VendorReply {
  const url = new URL(to);
  for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

const page = (status: number, content: string): VendorReply => ({
  status,
  headers: { 'content-type': 'text/html;charset=utf-8', 'cache-control': 'no-store' },
  body: `<!doctype html><html lang="en"><head><title>Sandbox login</title></head><body>${content}</body></html>`,
});

export const writeRefusalPage = (message: string) => page(400, `<h1>Invalid request</h1><p>${escapeHtml(message)}</p>`);

export function writeConsentPage(asked: URLSearchParams, scope: string[], clientId: string): VendorReply {
  const fields = [...asked].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const buttons = ['allow', 'deny'].map((name) => `<button name="decision" value="${name}">${name}</button>`);
  const what = scope.map((each) => `<li>${escapeHtml(each)}</li>`).join('');
  return page(
    200,
    `<h1>Allow access?</h1><p>${escapeHtml(clientId)} asks for:</p><ul>${what}</ul><form method="post">${fields.join('')}${buttons.join('')}</form>`,
  );
}
