import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMarketoClient } from '../src/client.ts';
import { readConfig } from '../src/config.ts';
import { openRoom } from './support.ts';

const rail = '{ customer(id: "001Hs0000000001IAA") { leadSource engagementScore } }';
const table = Array.from({ length: 50 }, (_, index) => ({
  __typename: 'Deal',
  opportunityId: `006Hs${String(index).padStart(10, '0')}IAA`,
  accountId: `001Hs${String(index + 1).padStart(10, '0')}IAA`,
}));

test('an expired token is renewed once for 50 parallel calls', async () => {
  await using room = await openRoom();
  await room.settle();
  room.control.setFaults({ expireTokens: true });
  const answers = await Promise.all(Array.from({ length: 25 }, () => room.ask(rail)));

  expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
  expect(room.operations().filter((operation) => operation === 'token')).toHaveLength(1);
});

test('a wrong secret is asked at identity once, and every field says that the credentials were refused', async () => {
  await using room = await openRoom({ env: { MARKETO_CLIENT_SECRET: 'wrong-secret-of-this-test' } });
  const answers = await Promise.all([room.ask(rail), room.ask('{ campaigns { name } }'), room.ask(rail)]);
  await room.ask(rail);

  for (const { errors = [] } of answers) {
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(error.extensions).toEqual({ code: 'UPSTREAM_CREDENTIALS', source: 'MARKETO' });
      expect(error.message).toContain('Marketo');
      expect(JSON.stringify(error)).not.toContain('wrong-secret');
    }
  }
  expect(room.operations()).toEqual(['token']);
});

test('a throttled Marketo is left alone for its cool-down', async () => {
  await using room = await openRoom();
  await room.settle();
  room.control.setFaults({ throttle: true });
  const first = await room.ask(rail);
  const before = room.operations().length;
  for (let request = 0; request < 20; request += 1) await room.ask(rail);

  expect(first.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_BUSY', 'UPSTREAM_BUSY']);
  expect(before).toBe(1);
  expect(room.operations()).toHaveLength(1);
});

test.each([
  ['malformed', 'UPSTREAM_MALFORMED'],
  ['503', 'UPSTREAM_UNAVAILABLE'],
  ['refuse', 'UPSTREAM_UNAVAILABLE'],
])('%s is one %s for each failed field', async (outage, code) => {
  await using room = await openRoom();
  await room.settle();
  room.control.setFaults({ outage });
  const profile = await room.ask(rail);
  const deals = await room.entities('... on Deal { lastMarketingTouch { kind } }', table);

  expect(profile.data?.customer).toEqual({ leadSource: null, engagementScore: null });
  expect(profile.errors?.map(({ path }) => path?.at(-1))).toEqual(['leadSource', 'engagementScore']);
  expect(profile.errors?.every(({ extensions }) => extensions.code === code)).toBe(true);
  expect(deals.errors).toHaveLength(50);
  // Two questions; each is asked once more when the connection failed.
  expect(room.operations().length).toBeLessThanOrEqual(code === 'UPSTREAM_UNAVAILABLE' ? 4 : 2);
});

test('a dead Marketo costs a page two calls for people and two for campaigns, however many fields ask', async () => {
  await using room = await openRoom();
  await room.settle();
  room.control.setFaults({ outage: '503' });
  const { errors = [] } = await room.ask(`{
    customer(id: "001Hs0000000001IAA") {
      leadSource engagementScore lastCampaign { name } lastMarketingTouch { kind } marketingPeople { leadId }
      marketingFreshness { asOf }
    }
    getDashboardMetrics { marketing { name } marketingFreshness { asOf } }
    campaigns { name }
  }`);

  expect(errors).toHaveLength(9);
  expect(room.operations()).toHaveLength(4);
});

test.each(['hang', 'drip'])('%s ends at the timeout', async (outage) => {
  await using room = await openRoom({ env: { MARKETO_TIMEOUT_MS: '400' } });
  await room.settle();
  room.control.setFaults({ outage });
  const started = performance.now();
  const { errors } = await room.ask(rail);

  expect(performance.now() - started).toBeLessThan(1000);
  expect(errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT', source: 'MARKETO' });
});

test('the subgraph starts without Marketo and works when it comes back', async () => {
  await using room = await openRoom({ faults: { outage: 'refuse' } });
  const dead = await room.ask('{ getDashboardMetrics { marketing { name } } }');
  expect(dead.data).toEqual({ getDashboardMetrics: { marketing: null } });
  room.control.heal();

  const alive = await room.ask('{ getDashboardMetrics { marketing { name } } }');
  expect(alive.errors).toBeUndefined();
});

const clientOf = (url: string) => createMarketoClient(readConfig({ MARKETO_BASE_URL: url }).marketo);

/** Answers identity properly and everything else with one prepared reply. */
async function startFake(reply: { status?: number; body: string }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const identity = request.url?.startsWith('/identity');
    response.writeHead(identity ? 200 : (reply.status ?? 200), { 'content-type': 'application/json' });
    response.end(identity ? `{"access_token":"t${asked.length}","expires_in":0}` : reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const refusal = (code: string, message = 'vendor text') =>
  JSON.stringify({ requestId: 'a#b', success: false, errors: [{ code, message }] });

test.each([
  { body: '', fault: 'malformed' },
  { body: '<html>login</html>', fault: 'malformed' },
  { body: '{"success":true,"result":[', fault: 'malformed' },
  { body: '{"result":[]}', fault: 'malformed' },
  { body: '', status: 502, fault: 'unavailable' },
  { body: '', status: 414, fault: 'rejected' },
  { body: refusal('600'), fault: 'credentials' },
  { body: refusal('603'), fault: 'credentials' },
  { body: refusal('606'), fault: 'busy', retryAfterMs: 20_000 },
  { body: refusal('615'), fault: 'busy', retryAfterMs: 1000 },
  { body: refusal('607'), fault: 'busy', retryAfterMs: expect.any(Number) },
  { body: refusal('604'), fault: 'timeout' },
  { body: refusal('608'), fault: 'unavailable' },
  { body: refusal('610'), fault: 'rejected' },
  { body: refusal('1001'), fault: 'rejected' },
  { body: '{"success":false}', fault: 'rejected' },
])('$status $body is $fault', async ({ body, status, fault, ...rest }) => {
  await using fake = await startFake({ body, ...(status && { status }) });
  const failing = clientOf(fake.url).ask({ path: '/rest/v1/leads.json', parameters: {} });

  await expect(failing).rejects.toMatchObject({ system: 'MARKETO', fault, ...rest });
  await expect(failing).rejects.not.toMatchObject({ message: expect.stringContaining('vendor text') });
  // Identity and the question, which is repeated when Marketo was not to be had.
  expect(fake.asked).toHaveLength(fault === 'unavailable' ? 3 : 2);
});

test('a token that stays rejected is renewed once, then reported, and Marketo is left alone', async () => {
  await using fake = await startFake({ body: refusal('601') });
  const client = clientOf(fake.url);

  for (let question = 0; question < 5; question += 1) {
    await expect(client.ask({ path: '/rest/v1/leads.json', parameters: {} })).rejects.toMatchObject({
      fault: 'credentials',
    });
  }
  expect(fake.asked.map((url) => url.split('?')[0])).toEqual([
    '/identity/oauth/token',
    '/rest/v1/leads.json',
    '/identity/oauth/token',
    '/rest/v1/leads.json',
  ]);
  expect(fake.asked.join()).not.toContain('secret');
});
