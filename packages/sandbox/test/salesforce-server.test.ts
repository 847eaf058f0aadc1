import { request } from 'node:http';
import { salesforceCredentials } from '../src/salesforce/credentials.ts';
import type { Org } from './salesforce-support.ts';
import { askToken, refreshForm, startOrg } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(1500);
});
afterAll(() => org.close());
afterEach(() => org.vendor.control.heal());

type Page = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: { Id: string }[] };

test('a token answer has every field, all of them text', async () => {
  const body = (await (await askToken(org.vendor.url, refreshForm)).json()) as Record<string, string>;

  expect(body).toEqual({
    access_token: expect.stringMatching(/^00D\w{12}![.\w]+$/),
    signature: expect.stringMatching(/=$/),
    scope: 'refresh_token api id',
    instance_url: org.vendor.url,
    id: expect.stringMatching(/\/id\/00DHs0000000001MAA\/005\w{15}$/),
    token_type: 'Bearer',
    issued_at: expect.stringMatching(/^\d{13}$/),
  });
});

test('client credentials are taken from the body or a Basic header', async () => {
  const { clientId, clientSecret } = salesforceCredentials;
  const basic = await fetch(`${org.vendor.url}/services/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const inBody = await askToken(org.vendor.url, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });

  expect([basic.status, inBody.status]).toEqual([200, 200]);
});

test.each([
  [{ refresh_token: 'other' }, 'invalid_grant', 'expired access/refresh token'],
  [{ client_id: 'other' }, 'invalid_client_id', 'client identifier invalid'],
  [{ client_secret: 'other' }, 'invalid_client', 'invalid client credentials'],
  [
    { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' },
    'unsupported_grant_type',
    'grant type not supported',
  ],
])('a token request with %j is refused', async (wrong, error, description) => {
  const response = await askToken(org.vendor.url, { ...refreshForm, ...wrong });

  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error, error_description: description });
});

test('a chunked token request without a length is answered', async () => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${org.vendor.url}/services/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' },
    });
    sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    const form = new URLSearchParams(refreshForm).toString();
    sent.write(form.slice(0, 10));
    sent.end(form.slice(10));
  });

  expect(status).toBe(200);
});

test('a missing, unknown or expired session is 401', async () => {
  const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
  const own = await startOrg(20);
  expect((await own.query('SELECT Id FROM Account LIMIT 1')).status).toBe(200);
  own.vendor.control.setFaults({ expireTokens: true });
  const answer = await own.query('SELECT Id FROM Account LIMIT 1');
  const missing = await own.get('/limits', { authorization: '' });
  await own.close();

  expect([answer.status, answer.body]).toEqual([401, expired]);
  expect([missing.status, missing.body]).toEqual([401, expired]);
});

test('both schemes, doubled slashes, any live version; a retired version is 410', async () => {
  const at = (path: string) =>
    fetch(`${org.vendor.url}${path}`, { headers: { authorization: `OAuth ${org.token}` } }).then(
      ({ status }) => status,
    );

  expect(await at('//services/data/v51.0/query/?q=SELECT+Id+FROM+User')).toBe(200);
  expect(await at('/services/data')).toBe(200);
  expect(await at('/services/data/v57.0/')).toBe(200);
  expect(await at('/services/data/v29.0/limits')).toBe(410);
  expect(await at('/services/data/v57.0/nothing')).toBe(404);
});

test('an address of more than 16,384 bytes is refused, and so is one with its headers', async () => {
  const status = async (headers: Record<string, string>, query: string) =>
    (
      await fetch(`${org.vendor.url}/services/data/v57.0/query?q=${query}`, {
        headers: { authorization: `Bearer ${org.token}`, ...headers },
      })
    ).status;

  expect(await status({}, `SELECT+Id+FROM+User${'+'.repeat(12_000)}`)).toBe(200);
  expect(await status({}, 'x'.repeat(16_400))).toBe(414);
  expect(await status({ 'x-long': 'x'.repeat(10_000) }, 'x'.repeat(8000))).toBe(431);
});

test('answers are packed for who takes them so', async () => {
  const ask = (encoding: string) =>
    fetch(`${org.vendor.url}/services/data/v57.0/sobjects`, {
      headers: { authorization: `Bearer ${org.token}`, 'accept-encoding': encoding },
    });
  const [packed, plain] = [await ask('gzip'), await ask('identity')];

  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await packed.json()).toEqual(await plain.json());
});

test('data answers carry the API usage', async () => {
  const { headers } = await org.get('/limits');

  expect(headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/1000000$/);
});

test('one record by its id, and none', async () => {
  const [row] = org.sql('SELECT * FROM sf_account LIMIT 1');

  expect((await org.get(`/sobjects/account/${row?.id}?fields=Name,AnnualRevenue`)).body).toEqual({
    attributes: { type: 'Account', url: `/services/data/v57.0/sobjects/Account/${row?.id}` },
    Id: row?.id,
    Name: row?.name,
    AnnualRevenue: row?.annual_revenue === null ? null : Number(row?.annual_revenue) / 100,
  });
  expect(await org.get('/sobjects/Account/001Hs0000009999AAA')).toMatchObject({
    status: 404,
    body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
  });
});

test('over the limit every data call is refused', async () => {
  org.vendor.control.setFaults({ throttle: true });

  expect(await org.query('SELECT Id FROM Account')).toMatchObject({
    status: 403,
    body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
  });
});

test('scrambled answers lose, double and mix records and stay well-formed', async () => {
  org.vendor.control.setFaults({ scramble: { shuffle: true, drop: 0.3, duplicate: 0.3 } });
  const { body } = await org.query('SELECT Id FROM Account ORDER BY Id LIMIT 200');
  const found = (body as Page).records.map(({ Id }) => Id);

  expect(new Set(found).size).toBeLessThan(200);
  expect(new Set(found).size).toBeLessThan(found.length);
  expect(found).not.toEqual([...found].sort());
});
