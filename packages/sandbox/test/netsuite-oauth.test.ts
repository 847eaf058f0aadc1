import type { Sandbox } from './netsuite-support.ts';
import { askToken, createQuery, getToken, sign, startSandbox, suiteqlPath } from './netsuite-support.ts';

let netsuite: Sandbox;
beforeAll(async () => {
  netsuite = await startSandbox();
});
afterAll(() => netsuite.close());

test('a signed assertion buys a bearer token for an hour', async () => {
  const answer = await askToken(netsuite.url, await sign(netsuite.url));

  expect(answer.status).toBe(200);
  const body = await answer.json();
  expect(body).toEqual({ access_token: expect.stringMatching(/^ey/), expires_in: '3600', token_type: 'bearer' });
});

test.each([
  ['an unknown certificate', { kid: 'other' }, 401, 'invalid_client'],
  ['an unknown client', { issuer: 'other' }, 401, 'invalid_client'],
  ['another audience', { audience: 'https://example.com/token' }, 400, 'invalid_grant'],
  ['an unknown scope', { scope: ['everything'] }, 400, 'invalid_grant'],
  ['an expired assertion', { issuedAt: 1_700_000_000 }, 400, 'invalid_grant'],
  ['a lifetime over an hour', { lifetime: 7200 }, 400, 'invalid_grant'],
])('%s is refused', async (_, changes, status, error) => {
  const answer = await askToken(netsuite.url, await sign(netsuite.url, changes));

  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ error });
});

test('an assertion whose signature was changed is refused', async () => {
  const assertion = await sign(netsuite.url);
  const [head, claims] = assertion.split('.');
  const [, , foreign] = (await sign(netsuite.url, { lifetime: 301 })).split('.');

  const answer = await askToken(netsuite.url, `${head}.${claims}.${foreign}`);

  expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_grant' }]);
});

test('text that is no assertion is an unknown client, and another grant is unsupported', async () => {
  const nonsense = await askToken(netsuite.url, 'nonsense');
  const grant = await askToken(netsuite.url, await sign(netsuite.url), 'password');

  expect([nonsense.status, await nonsense.json()]).toEqual([401, { error: 'invalid_client' }]);
  expect(nonsense.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  expect([grant.status, await grant.json()]).toEqual([400, { error: 'unsupported_grant_type' }]);
});

test('a bad bearer is challenged with the vendor’s error body', async () => {
  const answer = await fetch(`${netsuite.url}${suiteqlPath}`, { headers: { authorization: 'Bearer nonsense' } });

  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(
    'Bearer realm="TSTDRV1234567", error="invalid_token", error_description="Invalid login attempt."',
  );
  expect(await answer.json()).toMatchObject({ status: 401, 'o:errorDetails': [{ 'o:errorCode': 'INVALID_LOGIN' }] });
});

test('a token for other scopes does not open REST', async () => {
  const answer = await askToken(netsuite.url, await sign(netsuite.url, { scope: 'restlets' }));
  const { access_token: token } = (await answer.json()) as { access_token: string };

  expect((await createQuery(netsuite.url, token)('SELECT id FROM customer')).status).toBe(401);
});

test('expiring tokens kills those issued before, not those after', async () => {
  const before = createQuery(netsuite.url, await getToken(netsuite.url));
  netsuite.control.setFaults({ expireTokens: true });
  const after = createQuery(netsuite.url, await getToken(netsuite.url));

  expect((await before('SELECT id FROM currency')).status).toBe(401);
  expect((await after('SELECT id FROM currency')).status).toBe(200);
});

test('a token dies after an hour', async () => {
  let clock = Date.now();
  const later = await startSandbox(() => clock);
  const query = createQuery(later.url, await getToken(later.url));
  clock += 3_590_000;
  expect((await query('SELECT id FROM currency')).status).toBe(200);
  clock += 20_000;
  expect((await query('SELECT id FROM currency')).status).toBe(401);
  await later.close();
});
