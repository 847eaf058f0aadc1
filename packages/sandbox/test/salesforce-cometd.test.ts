import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(20, { holdMs: 700, publishAfterMs: 20 });
});
afterEach(() => org.vendor.control.heal());
afterAll(() => org.close());

type Reply = Record<string, unknown> & { channel: string };

async function send(messages: object[], options: { token?: string; signal?: AbortSignal } = {}) {
  const { token = org.token, ...rest } = options;
  const response = await fetch(`${org.vendor.url}/cometd/57.0`, {
    method: 'POST',
    headers: { authorization: `OAuth ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(messages),
    ...rest,
  });
  return { status: response.status, replies: response.ok ? ((await response.json()) as Reply[]) : [] };
}

async function listen(channel: string): Promise<string> {
  const { replies } = await send([
    { channel: '/meta/handshake', version: '1.0', supportedConnectionTypes: ['long-polling'] },
  ]);
  const clientId = String(replies[0]?.clientId);
  await send([
    { channel: '/meta/connect', clientId, connectionType: 'long-polling', advice: { timeout: 0 } },
    { channel: '/meta/subscribe', clientId, subscription: channel },
  ]);
  return clientId;
}

const connect = (clientId: string, options = {}) =>
  send([{ channel: '/meta/connect', clientId, connectionType: 'long-polling', id: '9' }], options);
const create = (Name: string) => org.call('POST', '/sobjects/Account', { Name });

test('news for a client that hung up waits for its next request', async () => {
  const clientId = await listen('/data/AccountChangeEvent');
  const hangUp = new AbortController();
  const held = connect(clientId, { signal: hangUp.signal });
  setTimeout(() => hangUp.abort(), 50);
  await expect(held).rejects.toThrow();
  await create('Waits');
  await new Promise((resolve) => setTimeout(resolve, 60));
  const { replies } = await connect(clientId);

  expect(replies).toMatchObject([
    { channel: '/data/AccountChangeEvent', data: { payload: { Name: 'Waits' } } },
    { channel: '/meta/connect', id: '9', successful: true },
  ]);
});

test('an outage lets nothing through, and nothing is lost', async () => {
  const clientId = await listen('/data/AccountChangeEvent');
  const held = connect(clientId);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await create('Behind the outage');
  org.vendor.control.setFaults({ outage: '503' });
  expect((await held).status).toBe(503);
  expect((await connect(clientId)).status).toBe(503);
  org.vendor.control.heal();

  expect((await connect(clientId)).replies[0]).toMatchObject({ data: { payload: { Name: 'Behind the outage' } } });
});

test('a token that expires while a request is held ends the session without news', async () => {
  const own = await startOrg(20, { holdMs: 700, publishAfterMs: 20 });
  const before = org;
  org = own;
  const clientId = await listen('/data/AccountChangeEvent');
  const held = connect(clientId);
  own.vendor.control.setFaults({ expireTokens: true });
  const { replies } = await held;
  org = before;
  await own.close();

  expect(replies).toEqual([
    {
      channel: '/meta/connect',
      id: '9',
      clientId,
      successful: false,
      error: '401::Authentication invalid',
      advice: { interval: 0, reconnect: 'none' },
    },
  ]);
});

test('over the limit no one is let in; an unknown client has to start again', async () => {
  org.vendor.control.setFaults({ throttle: true });
  const { replies } = await send([{ channel: '/meta/handshake', version: '1.0' }]);
  org.vendor.control.heal();

  expect(replies[0]).toMatchObject({
    successful: false,
    error: '403::Handshake denied',
    ext: { sfdc: { failureReason: expect.stringMatching(/^403::/) } },
  });
  expect((await connect('nobody')).replies[0]).toMatchObject({
    error: '403::Unknown client',
    advice: { reconnect: 'handshake' },
  });
});

test('a WebSocket is refused at once, as are old versions and what is no message', async () => {
  const at = (path: string, init: RequestInit) => fetch(`${org.vendor.url}${path}`, init).then(({ status }) => status);

  expect(await at('/cometd/57.0', { headers: { authorization: `OAuth ${org.token}` } })).toBe(400);
  expect(await at('/cometd/36.0', { method: 'POST', body: '[]' })).toBe(400);
  expect(await at('/cometd/57.0', { method: 'POST', body: 'hello' })).toBe(400);
});
