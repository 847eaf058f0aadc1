import type { Message, SubscriptionHandle } from 'cometd';
import { CometD } from 'cometd';
import { adapt } from 'cometd-nodejs-client';
import type { Org } from '../salesforce-support.ts';
import { startOrg } from '../salesforce-support.ts';
import { goodbyes, until } from './until.ts';

/** The CometD project's own client, unchanged. */
let org: Org;
const opened: CometD[] = [];
beforeAll(async () => {
  adapt();
  org = await startOrg(30, { holdMs: 1500, publishAfterMs: 100 });
});
afterEach(async () => {
  org.vendor.control.heal();
  for (const each of opened.splice(0)) {
    if (!each.isDisconnected()) await new Promise<void>((resolve) => each.disconnect(() => resolve()));
  }
});
afterAll(async () => {
  await goodbyes();
  await org.close();
});

type Data = { payload: Record<string, unknown> & { ChangeEventHeader: Header }; event: { replayId: number } };
type Header = {
  entityName: string;
  recordIds: string[];
  changeType: string;
  changedFields: string[];
  changeOrigin: string;
};

function client(token = org.token): CometD {
  const cometd = new CometD();
  cometd.configure({
    url: `${org.vendor.url}/cometd/57.0`,
    requestHeaders: { Authorization: `OAuth ${token}` },
    appendMessageTypeToURL: false,
    maxBackoff: 500,
  });
  cometd.unregisterTransport('websocket');
  opened.push(cometd);
  return cometd;
}

const handshake = (cometd: CometD) => new Promise<Message>((resolve) => cometd.handshake((reply) => resolve(reply)));

async function listen(cometd: CometD, channel: string, replay?: number) {
  const heard: Data[] = [];
  const reply = await new Promise<{ handle: SubscriptionHandle; reply: Message }>((resolve) => {
    const ext = replay === undefined ? {} : { ext: { replay: { [channel]: replay } } };
    const handle = cometd.subscribe(
      channel,
      (message: Message) => heard.push(message.data as Data),
      ext,
      (answered: Message) => resolve({ handle, reply: answered }),
    );
  });
  return { heard, ...reply };
}

const header = ({ payload }: Data) => payload.ChangeEventHeader;

async function create(type: string, fields: object): Promise<string> {
  const { body } = await org.call('POST', `/sobjects/${type}`, fields, { 'sforce-call-options': 'client=Tests/1.0' });
  return (body as { id: string }).id;
}

test('a handshake offers long polling and replay', async () => {
  const reply = await handshake(client());

  expect(reply.successful).toBe(true);
  expect(reply.ext).toEqual({ replay: true, 'payload.format': true });
  expect(reply.supportedConnectionTypes).toEqual(['long-polling']);
});

test('a change is heard as it is made: creation, change and deletion', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard } = await listen(cometd, '/data/ContactChangeEvent');
  const id = await create('Contact', { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@example.com' });
  await org.call('PATCH', `/sobjects/Contact/${id}`, { Title: 'Countess', FirstName: 'Augusta' });
  await org.call('DELETE', `/sobjects/Contact/${id}`);
  await until(() => heard.length === 3);

  expect(heard.map((data) => header(data).changeType)).toEqual(['CREATE', 'UPDATE', 'DELETE']);
  expect(heard.map((data) => header(data).recordIds)).toEqual([[id], [id], [id]]);
  expect(heard[0]?.payload).toMatchObject({
    Name: { FirstName: 'Ada', LastName: 'Lovelace' },
    Email: 'ada@example.com',
  });
  expect(heard[0]?.payload).not.toHaveProperty('Phone');
  expect(heard[0]?.payload).not.toHaveProperty('SystemModstamp');
  expect(heard[0]?.payload.CreatedDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  expect(new Set(heard[1] && header(heard[1]).changedFields)).toEqual(
    new Set(['Title', 'Name.FirstName', 'LastModifiedDate']),
  );
  expect(header(heard[0] as Data).changeOrigin).toBe('com/salesforce/api/rest/57.0;client=Tests/1.0');
  expect(Object.keys(heard[2]?.payload ?? {})).toEqual(['ChangeEventHeader']);
  const ids = heard.map(({ event }) => event.replayId);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
});

test('all changes come on one channel, in transactions', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard } = await listen(cometd, '/data/ChangeEvents');
  const records = ['One', 'Two'].map((Name) => ({ attributes: { type: 'Account' }, Name }));
  const made = (await org.call('POST', '/composite/sobjects', { records })).body as { id: string }[];
  await org.call('PATCH', '/composite/sobjects', {
    records: made.map(({ id }) => ({ attributes: { type: 'Account' }, Id: id, Industry: 'Energy' })),
  });
  await until(() => heard.length === 3);

  expect(heard.map((data) => header(data).changeType)).toEqual(['CREATE', 'CREATE', 'UPDATE']);
  expect(heard[2] && header(heard[2]).recordIds).toEqual(made.map(({ id }) => id));
});

test('what was taken back is not published', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard } = await listen(cometd, '/data/ChangeEvents');
  const records = [{ attributes: { type: 'Account' }, Name: 'Undone' }, { attributes: { type: 'Account' } }];
  await org.call('POST', '/composite/sobjects', { allOrNone: true, records });
  const id = await create('Account', { Name: 'Done' });
  await until(() => heard.length > 0);

  expect(heard.map((data) => header(data).recordIds)).toEqual([[id]]);
});

test('a client that was away catches up by replay id, by -2, or not at all', async () => {
  const first = await create('Campaign', { Name: 'First' });
  const second = await create('Campaign', { Name: 'Second' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const [everything, nothing] = [client(), client()];
  await handshake(everything);
  await handshake(nothing);
  const all = await listen(everything, '/data/CampaignChangeEvent', -2);
  const none = await listen(nothing, '/data/CampaignChangeEvent', -1);
  await until(() => all.heard.length === 2);
  const later = client();
  await handshake(later);
  const rest = await listen(later, '/data/CampaignChangeEvent', all.heard[0]?.event.replayId ?? 0);
  await until(() => rest.heard.length === 1);

  expect(all.heard.map((data) => header(data).recordIds[0])).toEqual([first, second]);
  expect(rest.heard.map((data) => header(data).recordIds[0])).toEqual([second]);
  expect(none.heard).toEqual([]);
});

test('a replay id that is not kept any more, and a channel that is not there, are refused', async () => {
  const cometd = client();
  await handshake(cometd);
  const unknown = await listen(cometd, '/data/NothingChangeEvent');
  const future = await listen(cometd, '/data/CaseChangeEvent', 999_999);
  await fetch(`${org.vendor.url}/_control/change`, { method: 'POST', body: '{"type":"FORGET"}' });
  const forgotten = await listen(cometd, '/data/TaskChangeEvent', 1000);

  expect(unknown.reply.successful).toBe(false);
  expect(unknown.reply.error).toBe(
    "400::The channel you requested to subscribe to doesn't exist {/data/NothingChangeEvent}",
  );
  expect(future.reply.error).toMatch(/^400::The replayId \{999999\} you provided was invalid\./);
  expect(forgotten.reply.error).toMatch(/^400::The replayId \{1000\} you provided was invalid\./);
});

test('changes and gaps can be made from outside', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard } = await listen(cometd, '/data/OpportunityChangeEvent');
  const [row] = org.sql('SELECT id FROM sf_opportunity LIMIT 1');
  const send = (body: object) =>
    fetch(`${org.vendor.url}/_control/change`, { method: 'POST', body: JSON.stringify(body) });
  const changed = await send({ type: 'UPDATE', object: 'Opportunity', id: row?.id, fields: { NextStep: 'Call' } });
  await send({ type: 'GAP_UPDATE', object: 'Opportunity', ids: [row?.id] });
  await send({ type: 'GAP_OVERFLOW', object: 'Opportunity' });
  const wrong = await send({ type: 'UPDATE', object: 'Opportunity', id: row?.id, fields: { Nope: 1 } });
  const unread = await send({ type: 'SING' });
  await until(() => heard.length === 3);

  expect(await changed.json()).toEqual({ id: row?.id });
  expect(heard.map((data) => header(data).changeType)).toEqual(['UPDATE', 'GAP_UPDATE', 'GAP_OVERFLOW']);
  expect(heard[2] && header(heard[2]).recordIds).toEqual(['000000000000000AAA']);
  expect(heard[0]?.payload).toHaveProperty('NextStep', 'Call');
  expect([wrong.status, unread.status]).toEqual([400, 400]);
});

test('a transaction of somebody else is heard as one, and what comes out of the bin as well', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard } = await listen(cometd, '/data/ChangeEvents');
  const send = (body: object) =>
    fetch(`${org.vendor.url}/_control/change`, { method: 'POST', body: JSON.stringify(body) });
  const made = await send({
    type: 'TRANSACTION',
    changes: ['One', 'Two'].map((Name) => ({ type: 'CREATE', object: 'Campaign', fields: { Name } })),
  });
  const { ids } = (await made.json()) as { ids: string[] };
  await send({ type: 'DELETE', object: 'Campaign', id: ids[0] });
  await send({ type: 'UNDELETE', object: 'Campaign', id: ids[0] });
  await until(() => heard.length === 4);
  const headers = heard.map((data) => header(data) as Header & { transactionKey: string; sequenceNumber: number });

  expect(headers.map(({ changeType }) => changeType)).toEqual(['CREATE', 'CREATE', 'DELETE', 'UNDELETE']);
  expect(headers.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1, 2, 1, 1]);
  expect(headers[0]?.transactionKey).toBe(headers[1]?.transactionKey);
  expect(heard[3]?.payload).toHaveProperty('Name', 'One');
});

test('a client hears losses, doubles and late events, and finds them again by replay', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard } = await listen(cometd, '/data/LeadChangeEvent');
  org.vendor.control.setFaults({ events: { drop: 0.3, duplicate: 0.3, shuffle: 0.5 } });
  const ids: string[] = [];
  for (let count = 0; count < 30; count += 1) ids.push(await create('Lead', { LastName: `L${count}`, Company: 'C' }));
  await new Promise((resolve) => setTimeout(resolve, 600));
  org.vendor.control.heal();
  const later = client();
  await handshake(later);
  const replayed = await listen(later, '/data/LeadChangeEvent', -2);
  await until(() => replayed.heard.length === 30);
  const live = heard.map((data) => header(data).recordIds[0]);
  const replays = heard.map(({ event }) => event.replayId);

  expect(new Set(live).size).toBeLessThan(30);
  expect(live.length).toBeGreaterThan(new Set(live).size);
  expect(replays).not.toEqual(replays.toSorted((a, b) => a - b));
  expect(replayed.heard.map((data) => header(data).recordIds[0])).toEqual(ids);
});

test('after unsubscribing nothing is heard', async () => {
  const cometd = client();
  await handshake(cometd);
  const { heard, handle } = await listen(cometd, '/data/AccountChangeEvent');
  const other = await listen(cometd, '/data/ChangeEvents');
  const reply = await new Promise<Message>((resolve) =>
    cometd.unsubscribe(handle, {}, (answered) => resolve(answered)),
  );
  await create('Account', { Name: 'Unheard' });
  await until(() => other.heard.length === 1);

  expect(reply.successful).toBe(true);
  expect(heard).toEqual([]);
});

test('a connection without news is answered and renewed', async () => {
  const cometd = client();
  await handshake(cometd);
  const connects: Message[] = [];
  cometd.addListener('/meta/connect', (message) => connects.push(message));
  const { heard } = await listen(cometd, '/data/AccountChangeEvent');
  await until(() => connects.length >= 3);
  const id = await create('Account', { Name: 'Late' });
  await until(() => heard.length === 1);

  expect(connects.every(({ successful }) => successful)).toBe(true);
  expect(heard[0] && header(heard[0]).recordIds).toEqual([id]);
});

test('bad and expired tokens are refused', async () => {
  const denied = await handshake(client('00DHs0000000001!nonsense'));
  const cometd = client();
  await handshake(cometd);
  const connects: Message[] = [];
  cometd.addListener('/meta/connect', (message) => connects.push(message));
  await listen(cometd, '/data/AccountChangeEvent');
  org.vendor.control.setFaults({ expireTokens: true });
  await until(() => connects.some(({ successful }) => !successful));

  expect(denied).toMatchObject({ successful: false, error: '403::Handshake denied', advice: { reconnect: 'none' } });
  expect(denied.ext).toMatchObject({ sfdc: { failureReason: '401::Authentication invalid' } });
  expect(connects.at(-1)).toMatchObject({ error: '401::Authentication invalid', advice: { reconnect: 'none' } });
});
