import { createHash, createHmac } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { salesforceCredentials } from '../src/salesforce/credentials.ts';
import type { Org } from './salesforce-support.ts';
import { askToken, refreshForm, startOrg } from './salesforce-support.ts';

const { clientId, clientSecret, username, password, securityToken, privateKey } = salesforceCredentials;
type Token = Record<'access_token' | 'refresh_token' | 'id' | 'issued_at' | 'signature', string>;

let org: Org;
beforeAll(async () => {
  org = await startOrg(20);
});
afterAll(() => org.close());

const take = async (url: string, form: Record<string, string>) => (await (await askToken(url, form)).json()) as Token;
const statusWith = async (url: string, token: string) =>
  (await fetch(`${url}/services/data/v57.0/limits`, { headers: { authorization: `Bearer ${token}` } })).status;

async function assertion(claims: { iss?: string; sub?: string; aud?: string; exp?: string } = {}) {
  const { iss = clientId, sub = username, aud = org.vendor.url, exp = '3m' } = claims;
  const jwt = new SignJWT({ iss, sub, aud }).setProtectedHeader({ alg: 'RS256' }).setExpirationTime(exp);
  return jwt.sign(await importPKCS8(privateKey, 'RS256'));
}

const jwtForm = async (claims?: Parameters<typeof assertion>[0]) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  assertion: await assertion(claims),
});

const passwordForm = {
  grant_type: 'password',
  client_id: clientId,
  client_secret: clientSecret,
  username,
  password: `${password}${securityToken}`,
};

test('a password and a signed assertion give tokens that work, signed by the secret', async () => {
  for (const form of [passwordForm, await jwtForm(), await jwtForm({ aud: 'https://login.salesforce.com' })]) {
    const token = await take(org.vendor.url, form);
    const signed = createHmac('sha256', clientSecret)
      .update(token.id + token.issued_at)
      .digest('base64');

    expect(await statusWith(org.vendor.url, token.access_token)).toBe(200);
    expect(token.signature).toBe(signed);
    expect(token).not.toHaveProperty('refresh_token');
  }
});

test('wrong assertions and passwords are refused', async () => {
  const refused = async (form: Record<string, string>) => {
    const response = await askToken(org.vendor.url, form);
    return [response.status, ...Object.values((await response.json()) as object)];
  };

  expect(await refused({ ...passwordForm, password })).toEqual([400, 'invalid_grant', 'authentication failure']);
  expect(await refused(await jwtForm({ iss: 'other' }))).toEqual([
    400,
    'invalid_client_id',
    'client identifier invalid',
  ]);
  expect(await refused(await jwtForm({ exp: '-1m' }))).toEqual([400, 'invalid_grant', 'expired authorization code']);
  expect(await refused(await jwtForm({ aud: 'https://elsewhere' }))).toEqual([
    400,
    'invalid_grant',
    'audience is invalid',
  ]);
  expect(await refused(await jwtForm({ sub: 'nobody@example.com' }))).toEqual([
    400,
    'invalid_grant',
    "user hasn't approved this consumer",
  ]);
});

test('with rotation each refresh gives a new refresh token and ends the old one', async () => {
  const rotating = await startOrg(20, { rotateRefreshTokens: true });
  const spent = await askToken(rotating.vendor.url, refreshForm);
  await rotating.close();

  expect(spent.status).toBe(400);
  expect(await take(org.vendor.url, refreshForm)).not.toHaveProperty('refresh_token');
});

test('the identity and user info tell who is behind a token', async () => {
  const { access_token, id } = await take(org.vendor.url, refreshForm);
  const identity = await (await fetch(`${id}?format=json&oauth_token=${access_token}`)).json();
  const at = (token: string) =>
    fetch(`${org.vendor.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  const refused = await at('nonsense');

  expect(identity).toMatchObject({ username, organization_id: '00DHs0000000001MAA', active: true });
  expect(await (await at(access_token)).json()).toMatchObject({ preferred_username: username, sub: id });
  expect([refused.status, await refused.text()]).toEqual([403, 'Bad_OAuth_Token']);
});

test('revoking a refresh token ends the sessions that it gave', async () => {
  const own = await startOrg(20);
  const { access_token } = await take(own.vendor.url, refreshForm);
  const revoke = (token: string) =>
    fetch(`${own.vendor.url}/services/oauth2/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
  const revoked = await revoke(refreshForm.refresh_token);
  const again = await revoke(refreshForm.refresh_token);
  const status = await statusWith(own.vendor.url, access_token);
  await own.close();

  expect([revoked.status, again.status, status]).toEqual([200, 400, 401]);
});

test('calls are counted, and refused above the limit of a day', async () => {
  const small = await startOrg(20, { dailyRequests: 3 });
  const answers = [];
  for (let call = 0; call < 4; call += 1) answers.push(await small.query('SELECT Id FROM User'));
  await small.close();

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403]);
  expect(answers.map(({ headers }) => headers.get('sforce-limit-info'))).toEqual([
    'api-usage=1/3',
    'api-usage=2/3',
    'api-usage=3/3',
    'api-usage=3/3',
  ]);
  expect(answers[3]?.body).toEqual([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]);
});

test('a session ends when it is not used for two hours', async () => {
  let at = Date.parse('2026-11-23T12:00:00Z');
  const own = await startOrg(5, { now: () => at });
  const statuses: number[] = [];
  for (const minutes of [0, 119, 119, 121]) {
    at += minutes * 60_000;
    statuses.push(await statusWith(own.vendor.url, own.token));
  }
  await own.close();

  expect(statuses).toEqual([200, 200, 200, 401]);
});

test('a user may log in only so often within an hour', async () => {
  let at = Date.parse('2026-11-23T12:10:00Z');
  const own = await startOrg(5, { now: () => at, hourlyLogins: 3 });
  const login = async () => (await askToken(own.vendor.url, refreshForm)).status;
  const first = [await login(), await login()];
  const refused = await askToken(own.vendor.url, refreshForm);
  at += 3_600_000;
  const later = await login();
  const body = await refused.json();
  await own.close();

  // One token was taken at the start.
  expect(first).toEqual([200, 200]);
  expect([refused.status, body]).toEqual([
    400,
    { error: 'rate_limit_exceeded', error_description: expect.any(String) },
  ]);
  expect(later).toBe(200);
});

test('a code needs its own verifier and address, is used once and ends soon', async () => {
  let at = Date.parse('2026-11-23T12:00:00Z');
  const own = await startOrg(5, { now: () => at });
  const redirectUri = 'http://localhost:3000/back';
  const verifier = 'v'.repeat(60);
  const authorize = (more: Record<string, string> = {}) => {
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, code_challenge, ...more };
    return fetch(`${own.vendor.url}/services/oauth2/authorize?${new URLSearchParams(asked)}`, { redirect: 'manual' });
  };
  const codeFrom = async () => {
    const { headers } = await authorize();
    return String(new URL(headers.get('location') ?? '').searchParams.get('code'));
  };
  const redeem = async (code: string, more: Record<string, string> = {}) => {
    const given = { code, redirect_uri: redirectUri, code_verifier: verifier, ...more };
    const form = { grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret, ...given };
    const body = (await (await askToken(own.vendor.url, form)).json()) as Record<string, string>;
    return body.error_description ?? Object.keys(body).includes('refresh_token');
  };
  const good = await codeFrom();
  const late = await codeFrom();
  const outcomes = [
    await redeem(good),
    await redeem(good),
    await redeem(await codeFrom(), { code_verifier: 'w'.repeat(60) }),
    await redeem(await codeFrom(), { redirect_uri: 'http://localhost:3000/elsewhere' }),
  ];
  at += 16 * 60_000;
  outcomes.push(await redeem(late));
  const refusals = [
    await authorize({ client_id: 'nobody' }),
    await authorize({ redirect_uri: 'https://example.com/' }),
    await authorize({ redirect_uri: 'http://localhost.example.com/' }),
  ];
  const wrongType = await authorize({ response_type: 'token' });
  await own.close();

  expect(outcomes).toEqual([
    true,
    'invalid authorization code',
    'invalid code verifier',
    'redirect_uri must match configuration',
    'expired authorization code',
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(wrongType.headers.get('location')).toContain('error=unsupported_response_type');
});
