import { createRequire } from 'node:module';
import type { Org } from '../salesforce-support.ts';
import { startOrg } from '../salesforce-support.ts';
import { goodbyes, until } from './until.ts';

/** The Bayeux client that jsforce and nforce build on, unchanged; it tries a WebSocket first, every time. */
interface Subscription {
  then(done: () => void, failed: (error: { code?: number; message: string }) => void): void;
  cancel(): void;
}
interface FayeMessage {
  channel: string;
  ext?: Record<string, unknown>;
  error?: string;
}
interface FayeClient {
  setHeader(name: string, value: string): void;
  addExtension(extension: {
    outgoing?(message: FayeMessage, callback: (message: FayeMessage) => void): void;
    incoming?(message: FayeMessage, callback: (message: FayeMessage) => void): void;
  }): void;
  subscribe(channel: string, listener: (data: Record<string, unknown>) => void): Subscription;
  disconnect(): void;
}
const faye = createRequire(import.meta.url)('faye') as { Client: new (url: string, options?: object) => FayeClient };

let org: Org;
let client: FayeClient;
beforeAll(async () => {
  org = await startOrg(30, { holdMs: 1500, publishAfterMs: 100 });
});
beforeEach(() => {
  client = connect(org.token);
});
afterEach(() => client.disconnect());
afterAll(async () => {
  await goodbyes();
  await org.close();
});

function connect(token: string): FayeClient {
  const made = new faye.Client(`${org.vendor.url}/cometd/57.0`, { retry: 1 });
  made.setHeader('Authorization', `OAuth ${token}`);
  return made;
}

const settled = (subscription: Subscription) =>
  new Promise<string>((resolve) =>
    subscription.then(
      () => resolve('subscribed'),
      ({ message }) => resolve(message),
    ),
  );

const create = async (type: string, fields: object) =>
  ((await org.call('POST', `/sobjects/${type}`, fields)).body as { id: string }).id;

test('faye subscribes and hears a change, and nothing after it cancels', async () => {
  const heard: Record<string, unknown>[] = [];
  const subscription = client.subscribe('/data/AccountChangeEvent', (data) => heard.push(data));
  expect(await settled(subscription)).toBe('subscribed');
  const id = await create('Account', { Name: 'Heard' });
  await until(() => heard.length === 1);
  subscription.cancel();
  await create('Account', { Name: 'Unheard' });
  await new Promise((resolve) => setTimeout(resolve, 300));

  expect(heard).toEqual([
    {
      schema: expect.stringMatching(/^[\w-]{22}$/),
      payload: expect.objectContaining({
        Name: 'Heard',
        ChangeEventHeader: expect.objectContaining({ recordIds: [id] }),
      }),
      event: { replayId: expect.any(Number) },
    },
  ]);
});

test('a push topic is heard with the columns of its query', async () => {
  const topic = await create('PushTopic', {
    Name: 'OpenDeals',
    Query: "SELECT Id, Name, StageName FROM Opportunity WHERE StageName != 'Closed Lost'",
    ApiVersion: 57.0,
  });
  const heard: Record<string, unknown>[] = [];
  expect(await settled(client.subscribe('/topic/OpenDeals', (data) => heard.push(data)))).toBe('subscribed');
  const fields = { Name: 'Pushed', StageName: 'Prospecting', CloseDate: '2026-12-31' };
  const id = await create('Opportunity', fields);
  await org.call('PATCH', `/sobjects/Opportunity/${id}`, { Description: 'not watched' });
  await org.call('PATCH', `/sobjects/Opportunity/${id}`, { StageName: 'Qualification' });
  await org.call('PATCH', `/sobjects/Opportunity/${id}`, { StageName: 'Closed Lost' });
  await org.call('DELETE', `/sobjects/Opportunity/${id}`);
  await until(() => heard.length === 3);

  expect(topic).toMatch(/^0IF/);
  expect(heard).toMatchObject([
    { event: { type: 'created' }, sobject: { Id: id, Name: 'Pushed', StageName: 'Prospecting' } },
    { event: { type: 'updated' }, sobject: { Id: id, StageName: 'Qualification' } },
    { event: { type: 'deleted' }, sobject: { Id: id } },
  ]);
});

test('a platform event is heard', async () => {
  const heard: Record<string, unknown>[] = [];
  expect(await settled(client.subscribe('/event/Customer_Signal__e', (data) => heard.push(data)))).toBe('subscribed');
  const answer = await org.call('POST', '/sobjects/Customer_Signal__e', { Message__c: 'renewal' });
  await until(() => heard.length === 1);

  expect(answer).toMatchObject({
    status: 201,
    body: { success: true, errors: [{ statusCode: 'OPERATION_ENQUEUED' }] },
  });
  expect(heard[0]).toMatchObject({
    payload: { Message__c: 'renewal', Kind__c: null },
    event: { replayId: expect.any(Number) },
  });
});

test('an extension asks for what was missed', async () => {
  const id = await create('Case', { Subject: 'Missed' });
  await new Promise((resolve) => setTimeout(resolve, 250));
  client.addExtension({
    outgoing(message, callback) {
      const replay = { replay: { '/data/CaseChangeEvent': -2 } };
      callback(message.channel === '/meta/subscribe' ? { ...message, ext: { ...message.ext, ...replay } } : message);
    },
  });
  const heard: Record<string, unknown>[] = [];
  await settled(client.subscribe('/data/CaseChangeEvent', (data) => heard.push(data)));
  await until(() => heard.length === 1);

  expect(heard[0]).toMatchObject({ payload: { Subject: 'Missed', ChangeEventHeader: { recordIds: [id] } } });
});

test('an unknown channel and a bad token are told', async () => {
  expect(await settled(client.subscribe('/topic/Nothing', () => undefined))).toBe(
    "400::The channel you requested to subscribe to doesn't exist {/topic/Nothing}",
  );
  const stranger = connect('00DHs0000000001!nonsense');
  const errors: string[] = [];
  stranger.addExtension({
    incoming(message, callback) {
      if (message.error) errors.push(message.error);
      callback(message);
    },
  });
  stranger.subscribe('/data/ChangeEvents', () => undefined);
  await until(() => errors.length > 0);
  stranger.disconnect();

  expect(errors).toContain('403::Handshake denied');
});
