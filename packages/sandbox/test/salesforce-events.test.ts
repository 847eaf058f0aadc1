import type { SalesforceOptions } from '../src/salesforce/options.ts';
import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

type Header = { changeType: string; recordIds: string[]; transactionKey: string; sequenceNumber: number } & Record<
  string,
  unknown
>;
interface Heard {
  channel: string;
  data: { payload: Record<string, unknown> & { ChangeEventHeader: Header }; event: { replayId: number } };
}
type Reply = Record<string, unknown> & { channel: string; successful?: boolean; error?: string };

let org: Org;
const start = async (options: Partial<SalesforceOptions> = {}) => {
  org = await startOrg(20, { holdMs: 300, publishAfterMs: 5, ...options });
};
afterEach(() => org.close());

async function send(messages: object[], token = org.token): Promise<Reply[]> {
  const response = await fetch(`${org.vendor.url}/cometd/57.0`, {
    method: 'POST',
    headers: { authorization: `OAuth ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(messages),
  });
  return (await response.json()) as Reply[];
}

const handshake = async (token?: string) =>
  (await send([{ channel: '/meta/handshake', version: '1.0' }], token))[0] as Reply;
async function subscribe(clientId: unknown, subscription: string, replay = -1) {
  await send([{ channel: '/meta/connect', clientId, connectionType: 'long-polling', advice: { timeout: 0 } }]);
  const ext = { replay: { [subscription]: replay } };
  return (await send([{ channel: '/meta/subscribe', clientId, subscription, ext }]))[0];
}
const connect = (clientId: unknown) => send([{ channel: '/meta/connect', clientId, connectionType: 'long-polling' }]);

/** What a client hears until nothing comes any more. */
async function hear(clientId: unknown): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (;;) {
    const replies = await connect(clientId);
    const news = replies.filter(({ channel }) => !channel.startsWith('/meta/'));
    if (news.length === 0) return heard;
    heard.push(...(news as unknown as Heard[]));
  }
}

async function listen(channel = '/data/AccountChangeEvent', replay?: number) {
  const { clientId } = await handshake();
  await subscribe(clientId, channel, replay);
  return clientId;
}

const change = async (body: object) => {
  const response = await fetch(`${org.vendor.url}/_control/change`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as { id: string; ids: string[]; error: unknown } };
};
const create = (Name: string, client?: string) =>
  change({ type: 'CREATE', object: 'Account', fields: { Name }, ...(client && { client }) });
const header = ({ data }: Heard) => data.payload.ChangeEventHeader;
const names = (heard: Heard[]) => heard.map(({ data }) => String(data.payload.Name));
const numbered = Array.from({ length: 40 }, (_, index) => `Event ${String(index).padStart(2, '0')}`);

async function hearDisturbed(events: object) {
  await start();
  const clientId = await listen();
  org.vendor.control.setFaults({ events });
  for (const name of numbered) await create(name);
  const live = await hear(clientId);
  org.vendor.control.heal();
  const replayed = await hear(await listen('/data/AccountChangeEvent', -2));
  return { live: names(live), replayed: names(replayed) };
}

test('lost events are lost to who listens, and come when they are asked for again', async () => {
  const { live, replayed } = await hearDisturbed({ drop: 0.4 });

  expect(live.length).toBeGreaterThan(5);
  expect(live.length).toBeLessThan(35);
  expect(live).toEqual(live.toSorted());
  expect(replayed).toEqual(numbered);
});

test('doubled events come twice, with the same replay id', async () => {
  const { live, replayed } = await hearDisturbed({ duplicate: 0.4 });

  expect(live.length).toBeGreaterThan(45);
  expect([...new Set(live)]).toEqual(numbered);
  expect(replayed).toEqual(numbered);
});

test('events overtake one another', async () => {
  const { live } = await hearDisturbed({ shuffle: 0.5 });

  expect(live).not.toEqual(numbered);
  expect(live.toSorted()).toEqual(numbered);
});

test('late events are late', async () => {
  await start();
  const clientId = await listen();
  org.vendor.control.setFaults({ events: { delayMs: 400 } });
  await create('Late');
  const early = await connect(clientId);
  const late = await hear(clientId);

  expect(early).toMatchObject([{ channel: '/meta/connect', successful: true }]);
  expect(names(late)).toEqual(['Late']);
});

test('the changes of one transaction share its key, in order; a failure takes all back', async () => {
  await start();
  const clientId = await listen('/data/ChangeEvents');
  const [account] = org.sql('SELECT id FROM sf_account LIMIT 1');
  const id = String(account?.id);
  const done = await change({
    type: 'TRANSACTION',
    client: 'Somebody/2.0',
    changes: [
      { type: 'CREATE', object: 'Account', fields: { Name: 'First' } },
      { type: 'CREATE', object: 'Case', fields: { Subject: 'Second' } },
      ...['Hot', 'Cold', 'Hot'].map((Rating) => ({ type: 'UPDATE', object: 'Account', id, fields: { Rating } })),
    ],
  });
  const undone = await change({
    type: 'TRANSACTION',
    changes: [
      { type: 'CREATE', object: 'Account', fields: { Name: 'Undone' } },
      { type: 'UPDATE', object: 'Account', id, fields: { Nope: 1 } },
    ],
  });
  const heard = await hear(clientId);
  const headers = heard.map(header);

  expect(done.body.ids).toHaveLength(5);
  expect(undone.status).toBe(400);
  expect(new Set(headers.map(({ transactionKey }) => transactionKey)).size).toBe(1);
  expect(new Set(headers.map(({ commitNumber }) => commitNumber)).size).toBe(1);
  expect(headers.map(({ sequenceNumber }) => sequenceNumber)).toEqual(headers.map((_, index) => index + 1));
  expect(headers.map(({ changeOrigin }) => changeOrigin)[0]).toMatch(/;client=Somebody\/2\.0$/);
  const ratings = heard.filter(({ data }) => 'Rating' in data.payload).map(({ data }) => data.payload.Rating);
  expect(ratings.at(-1)).toBe('Hot');
  expect(ratings.at(-2)).toBe('Cold');
});

test('a transaction that is too large ends in one overflow event an object', async () => {
  await start({ maxChanges: 3 });
  const clientId = await listen('/data/ChangeEvents');
  const of = (object: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      type: 'CREATE',
      object,
      fields: object === 'Account' ? { Name: `A${index}` } : { Subject: `C${index}` },
    }));
  await change({ type: 'TRANSACTION', changes: [...of('Account', 5), ...of('Case', 2)] });
  const headers = (await hear(clientId)).map(header);

  expect(headers.map(({ changeType, entityName }) => [changeType, entityName])).toEqual([
    ['CREATE', 'Account'],
    ['CREATE', 'Account'],
    ['CREATE', 'Account'],
    ['GAP_OVERFLOW', 'Account'],
    ['GAP_OVERFLOW', 'Case'],
  ]);
  expect(headers[3]?.recordIds).toEqual(['000000000000000AAA']);
  expect(new Set(headers.map(({ transactionKey }) => transactionKey)).size).toBe(1);
});

test('what comes out of the bin comes with what went into it', async () => {
  await start();
  const { body: account } = await create('Back again');
  const contact = await org.call('POST', '/sobjects/Contact', { LastName: 'Stays', AccountId: account.id });
  const before = await org.call('POST', '/sobjects/Contact', { LastName: 'Gone before', AccountId: account.id });
  const [kept, gone] = [contact, before].map(({ body }) => (body as { id: string }).id);
  await org.call('DELETE', `/sobjects/Contact/${gone}`);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await org.call('DELETE', `/sobjects/Account/${account.id}`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const clientId = await listen('/data/ChangeEvents');
  const restored = await change({ type: 'UNDELETE', object: 'Account', id: account.id });
  const again = await change({ type: 'UNDELETE', object: 'Account', id: account.id });
  const heard = await hear(clientId);

  expect(restored.body).toEqual({ id: account.id });
  expect(again.status).toBe(400);
  expect(heard.map((each) => [header(each).changeType, ...header(each).recordIds])).toEqual([
    ['UNDELETE', account.id],
    ['UNDELETE', kept],
  ]);
  expect(heard[0]?.data.payload.Name).toBe('Back again');
  expect((await org.call('GET', `/sobjects/Contact/${gone}`)).status).toBe(404);
});

test('after three days an event is gone, and its replay id with it', async () => {
  let at = Date.parse('2026-11-23T12:00:00Z');
  await start({ now: () => at, idleMs: Number.POSITIVE_INFINITY });
  await create('Old');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [old] = await hear(await listen('/data/AccountChangeEvent', -2));
  const replayId = Number(old?.data.event.replayId);
  at += 71 * 3_600_000;
  await create('New');
  const still = await hear(await listen('/data/AccountChangeEvent', -2));
  at += 2 * 3_600_000;
  const left = await hear(await listen('/data/AccountChangeEvent', -2));
  const { clientId } = await handshake();
  const known = await subscribe(clientId, '/data/AccountChangeEvent', replayId);
  const refused = await subscribe(clientId, '/data/AccountChangeEvent', replayId - 1);

  expect(names(still)).toEqual(['Old', 'New']);
  expect(names(left)).toEqual(['New']);
  expect(known?.successful).toBe(true);
  expect(refused).toMatchObject({ successful: false, error: expect.stringMatching(/^400::The replayId/) });
});

test('a token that dies ends the connection, and no handshake brings it back', async () => {
  await start();
  const clientId = await listen();
  org.vendor.control.setFaults({ expireTokens: true });
  const [ended] = await connect(clientId);
  const denied = await handshake();

  expect(ended).toMatchObject({ error: '401::Authentication invalid', advice: { reconnect: 'none' } });
  expect(denied).toMatchObject({
    successful: false,
    error: '403::Handshake denied',
    ext: { sfdc: { failureReason: '401::Authentication invalid' } },
    advice: { reconnect: 'none' },
  });
});

test('only so many clients may listen, and only so many events are given out in a day', async () => {
  let at = Date.parse('2026-11-23T12:00:00Z');
  await start({ maxClients: 2, dailyEvents: 3, now: () => at, idleMs: Number.POSITIVE_INFINITY });
  const clientId = await listen();
  const limits = async () => (await org.get('/limits')).body as Record<string, { Remaining: number }>;
  for (const name of numbered.slice(0, 3)) await create(name);
  const heard = await hear(clientId);
  const spent = await limits();
  await create('One too many');
  const [ended] = await connect(clientId);
  const other = await handshake();
  const late = await subscribe(other.clientId, '/data/CaseChangeEvent');
  await handshake();
  const crowded = await handshake();
  at += 25 * 3_600_000;
  const tomorrow = await subscribe(other.clientId, '/data/CaseChangeEvent');
  const error = '403::Organization total events daily limit exceeded';

  expect(heard).toHaveLength(3);
  expect(spent.DailyDeliveredPlatformEvents?.Remaining).toBe(0);
  expect(spent.StreamingApiConcurrentClients?.Remaining).toBe(1);
  expect(ended).toMatchObject({ successful: false, error });
  expect(late).toMatchObject({ successful: false, error });
  expect(crowded.ext).toMatchObject({
    sfdc: { failureReason: '403::Organization concurrent user limit exceeded' },
  });
  expect(tomorrow?.successful).toBe(true);
});
