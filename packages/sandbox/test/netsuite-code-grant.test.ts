import { createHash, randomBytes } from 'node:crypto';
import { netsuiteCredentials } from '../src/netsuite/credentials.ts';
import { startNetsuite } from '../src/netsuite/server.ts';
import type { World } from '../src/world/world.ts';
import { openWorld } from '../src/world/world.ts';
import { createQuery, today, tokenPath } from './netsuite-support.ts';

const { webClientId, webClientSecret, publicClientId, redirectUri } = netsuiteCredentials;
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const state = 'a-state-of-enough-characters';

let world: World;
let clock = Date.now();
let netsuite: Awaited<ReturnType<typeof startNetsuite>>;
beforeAll(async () => {
  world = openWorld({ seed: 7, size: 5, today });
  netsuite = await startNetsuite({ host: '127.0.0.1', port: 0, world, consent: 'grant', now: () => clock });
});
afterAll(async () => {
  await netsuite.close();
  world.close();
});

const authorize = async (changes: Record<string, string | null> = {}, url = netsuite.url) => {
  const asked = {
    response_type: 'code',
    client_id: webClientId,
    redirect_uri: redirectUri,
    scope: 'rest_webservices',
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  const query = new URLSearchParams(Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== null));
  return fetch(`${url}/app/login/oauth2/authorize.nl?${query}`, { redirect: 'manual' });
};
const redirected = (answer: Response) => new URL(answer.headers.get('location') ?? '').searchParams;
const basic = `Basic ${Buffer.from(`${webClientId}:${webClientSecret}`).toString('base64')}`;
const ask = async (form: Record<string, string>, authorization: string | null = basic) => {
  const headers: Record<string, string> = authorization ? { authorization } : {};
  const answer = await fetch(`${netsuite.url}${tokenPath}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};
const exchange = (code: string, changes: Record<string, string> = {}, authorization: string | null = basic) =>
  ask(
    { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, ...changes },
    authorization,
  );
const newCode = async (changes: Record<string, string> = {}) => redirected(await authorize(changes)).get('code') ?? '';

test('a code is exchanged once, and its token opens REST', async () => {
  const answer = await authorize();
  expect(answer.status).toBe(302);
  expect(Object.fromEntries(redirected(answer))).toMatchObject({
    state,
    company: 'TSTDRV1234567',
    role: '3',
    entity: '12',
  });
  const code = redirected(answer).get('code') ?? '';
  const { status, body } = await exchange(code);
  expect([status, body.expires_in, body.token_type]).toEqual([200, '3600', 'bearer']);
  const query = createQuery(netsuite.url, body.access_token ?? '');
  expect((await query('SELECT id FROM currency')).status).toBe(200);
  expect(await exchange(code)).toEqual({ status: 400, body: { error: 'invalid_grant' } });

  const refreshed = await ask({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' });
  expect(refreshed.status).toBe(200);
  expect(refreshed.body.refresh_token).toBeUndefined();
  clock += 7 * 86_400_000 + 1000;
  const late = await ask({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' });
  expect(late).toEqual({ status: 400, body: { error: 'invalid_grant' } });
});

test('a public client proves itself by PKCE, and turns its refresh token over', async () => {
  const code = await newCode({ client_id: publicClientId });
  const { body } = await exchange(code, { client_id: publicClientId }, null);
  const form = { grant_type: 'refresh_token', client_id: publicClientId, refresh_token: body.refresh_token ?? '' };
  const next = await ask(form, null);
  expect(next.body.refresh_token).toEqual(expect.any(String));
  expect((await ask(form, null)).status).toBe(400);
});

test.each([
  ['another verifier', {}, { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
  ['another redirect address', {}, { redirect_uri: 'http://127.0.0.1/other' }, 400, 'invalid_grant'],
  ['a code of another client', { client_id: publicClientId }, {}, 400, 'invalid_grant'],
] as const)('%s is refused', async (_, asked, changes, status, error) => {
  expect(await exchange(await newCode(asked), changes)).toEqual({ status, body: { error } });
});

test('an old code and a wrong secret are refused', async () => {
  const old = await newCode();
  clock += 11 * 60_000;
  expect((await exchange(old)).body).toEqual({ error: 'invalid_grant' });
  expect(await exchange(await newCode(), {}, 'Basic bm86bm8=')).toEqual({
    status: 401,
    body: { error: 'invalid_client' },
  });
});

test.each([
  ['a short state', { state: 'short' }, 'invalid_request'],
  ['an unknown scope', { scope: 'everything' }, 'invalid_scope'],
  ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['a public client without a challenge', { client_id: publicClientId, code_challenge: null }, 'invalid_request'],
  ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
])('%s comes back as an error', async (_, changes, error) => {
  expect(redirected(await authorize(changes)).get('error')).toBe(error);
});

test.each([{ client_id: 'nobody' }, { redirect_uri: 'https://elsewhere.example/' }])(
  '%j goes nowhere',
  async (changes) => {
    const answer = await authorize(changes);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  },
);

test('a person is asked, and may say no', async () => {
  const asking = await startNetsuite({ host: '127.0.0.1', port: 0, world });
  const page = await authorize({}, asking.url);
  const html = await page.text();
  expect([page.status, html]).toEqual([200, expect.stringContaining('rest_webservices')]);
  const fields = [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
  const decide = (decision: string) =>
    fetch(page.url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams([...fields.filter(([name]) => name !== 'decision'), ['decision', decision]] as [
        string,
        string,
      ][]),
    });
  expect(redirected(await decide('deny')).get('error')).toBe('access_denied');
  expect(redirected(await decide('allow')).get('code')).toMatch(/^[0-9a-f]{64}$/);
  await asking.close();
});

test('a revoked refresh token is dead', async () => {
  const { body } = await exchange(await newCode());
  const form = new URLSearchParams({ token: body.refresh_token ?? '' });
  const path = '/services/rest/auth/oauth2/v1/revoke';
  const answer = await fetch(`${netsuite.url}${path}`, {
    method: 'POST',
    headers: { authorization: basic },
    body: form,
  });
  expect(answer.status).toBe(200);
  expect((await ask({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })).status).toBe(400);
});
