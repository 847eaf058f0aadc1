import { createHmac } from 'node:crypto';
import { createTba, encode, hmac, readAuthorization, restBase } from '../src/netsuite/auth/tba.ts';
import { netsuiteCredentials } from '../src/netsuite/credentials.ts';
import { createControl } from '../src/vendor/control.ts';
import { looseHeader, postEnvelope, signPassport } from './netsuite-soap-support.ts';
import type { Sandbox } from './netsuite-support.ts';
import { startSandbox } from './netsuite-support.ts';

const key = 'cs-example&ts-example';
const vectorTime = 1_795_305_600;
let netsuite: Sandbox;
let clock: number;
// A fresh sandbox each time: failures lock the token.
beforeEach(async () => {
  clock = Date.now();
  netsuite = await startSandbox(() => clock);
});
afterEach(() => netsuite.close());

/** Signs a REST call by RFC 5849 written out here, apart from the sandbox's own reading of it. */
function authorize(
  url: string,
  changes: { nonce?: string; timestamp?: number; method?: string; secret?: string } = {},
) {
  const { origin, pathname, searchParams } = new URL(url);
  const oauth: Record<string, string> = {
    oauth_consumer_key: netsuiteCredentials.consumerKey,
    oauth_token: netsuiteCredentials.tokenId,
    oauth_nonce: changes.nonce ?? Math.random().toString(36).slice(2).padEnd(10, '0'),
    oauth_timestamp: String(changes.timestamp ?? Math.floor(clock / 1000)),
    oauth_signature_method: changes.method ?? 'HMAC-SHA256',
    oauth_version: '1.0',
  };
  const pairs = [...searchParams, ...Object.entries(oauth)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const base = ['GET', origin + pathname, pairs.join('&')].map(encode).join('&');
  const digest = changes.method === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  const signature = createHmac(digest, changes.secret ?? key)
    .update(base)
    .digest('base64');
  const parts = Object.entries({ realm: netsuiteCredentials.account, ...oauth, oauth_signature: encode(signature) });
  return `OAuth ${parts.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}

const list = (search = '') => `${netsuite.url}/services/rest/record/v1/invoice${search}`;
const get = (url: string, authorization: string) => fetch(url, { headers: { authorization } });
const serverTime = (header: string) => postEnvelope(netsuite.url, '<getServerTime/>', header);
const now = () => String(Math.floor(clock / 1000));

test('the published REST vector holds', () => {
  const url = new URL('http://127.0.0.1:8620/services/rest/record/v1/invoice?limit=2&q=entity%20EQUAL%2042');
  const header =
    'OAuth realm="TSTDRV1234567", oauth_consumer_key="ck-example", oauth_token="tk-example", oauth_nonce="N0nceExample12", oauth_timestamp="1795305600", oauth_signature_method="HMAC-SHA256", oauth_version="1.0", oauth_signature="9WcVED2afgZ91hOWBlnzsdqxdnSC8uH%2BtFU2n157fRo%3D"';

  expect(hmac(key, restBase('GET', url, readAuthorization(header)))).toBe(
    '9WcVED2afgZ91hOWBlnzsdqxdnSC8uH+tFU2n157fRo=',
  );
  const tba = createTba(netsuiteCredentials, createControl(), () => vectorTime * 1000);
  expect([tba.acceptsRest('GET', url, header), tba.acceptsRest('GET', url, header)]).toEqual([true, false]);
});

test('the published SOAP vector holds, once', () => {
  const tba = createTba(netsuiteCredentials, createControl(), () => vectorTime * 1000);
  const passport = {
    account: 'TSTDRV1234567',
    consumerKey: 'ck-example',
    token: 'tk-example',
    nonce: 'N0nceExample12',
    timestamp: String(vectorTime),
    algorithm: 'HMAC-SHA256',
    signature: 'A9lT3J67W59TdyQqjfp3sQm/IsHfKBSwKf+eElYp1sM=',
  };

  expect([tba.acceptsSoap(passport), tba.acceptsSoap(passport)]).toEqual([true, false]);
});

test('a signed REST call is answered; its repetition is refused', async () => {
  const url = list('?limit=2&q=amountRemaining%20GREATER%200');
  const header = authorize(url);
  const first = await get(url, header);
  const again = await get(url, header);

  expect(first.status).toBe(200);
  expect(await first.json()).toMatchObject({ count: 2, hasMore: true });
  expect(again.status).toBe(401);
  expect(again.headers.get('www-authenticate')).toMatch(/^OAuth realm="TSTDRV1234567", error="token_rejected"/);
});

test('spaces sent as plus are accepted', async () => {
  const url = list('?q=amountRemaining+GREATER+0');

  expect((await get(url, authorize(url))).status).toBe(200);
});

test.each([
  ['HMAC-SHA1', { method: 'HMAC-SHA1' }],
  ['a wrong secret', { secret: 'cs-example&other' }],
  ['a short nonce', { nonce: 'abc' }],
])('%s is refused', async (_, changes) => {
  expect((await get(list(), authorize(list(), changes))).status).toBe(401);
});

test.each([-310, -290, 290, 310])('a timestamp %d seconds off', async (seconds) => {
  const timestamp = Math.floor(clock / 1000) + seconds;
  const answer = await get(list(), authorize(list(), { timestamp }));

  expect(answer.status).toBe(Math.abs(seconds) < 300 ? 200 : 401);
});

test('five failures in a row lock the token for half an hour', async () => {
  for (let count = 0; count < 5; count += 1) await get(list(), authorize(list(), { secret: 'wrong' }));
  expect((await get(list(), authorize(list()))).status).toBe(401);

  clock += 30 * 60_000 + 1;
  expect((await get(list(), authorize(list()))).status).toBe(200);
});

test('SOAP takes both spellings of the algorithm, and a nonce once', async () => {
  const spelled = await Promise.all(
    ['HMAC-SHA256', 'HMAC_SHA256'].map((name) => serverTime(looseHeader(signPassport({ timestamp: now() }), name))),
  );
  const passport = looseHeader(signPassport({ timestamp: now() }));
  await serverTime(passport);
  const again = await serverTime(passport);

  expect(spelled.map(({ status }) => status)).toEqual([200, 200]);
  expect(again.status).toBe(500);
  expect(again.text).toContain('<platformFaults:code>INVALID_LOGIN_CREDENTIALS</platformFaults:code>');
  expect(again.text).toContain('<faultcode>soapenv:Server.userException</faultcode>');
  expect(again.text).not.toContain('Header');
});

test.each([
  ['no passport', '<other/>', 'Invalid login attempt.'],
  ['a wrong signature', () => looseHeader({ ...signPassport(), signature: 'AAAA' }), 'Invalid login attempt.'],
  ['HMAC-SHA1', () => looseHeader(signPassport(), 'HMAC-SHA1'), 'Invalid login attempt.'],
  ['an application id beside it', () => `${looseHeader()}<applicationInfo/>`, 'Ambiguous authentication'],
])('SOAP with %s is a fault', async (_, header, message) => {
  const { status, text } = await serverTime(typeof header === 'string' ? header : header());

  expect(status).toBe(500);
  expect(text).toContain('invalidCredentialsFault');
  expect(text).toContain(message);
});
