import { createControl } from '../src/vendor/control.ts';
import type { MarketoBody } from './marketo-support.ts';
import { control as controlCall, json, openMarketo, rows } from './marketo-support.ts';

/** Each of these has tripped somebody who wrote a client for Marketo. */
const people = rows('SELECT id, email FROM mk_lead WHERE email IS NOT NULL ORDER BY id LIMIT 400') as {
  id: number;
  email: string;
}[];
const [first] = people;
const since = async (marketo: Awaited<ReturnType<typeof openMarketo>>, at: string) =>
  (await marketo.call(`/rest/v1/activities/pagingtoken.json?sinceDatetime=${at}`)).nextPageToken ?? '';

test('a failure comes with HTTP 200 and says so in its body alone', async () => {
  await using marketo = await openMarketo();
  const reply = await marketo.fetch('/rest/v1/lead/1.json');

  expect([reply.status, reply.ok]).toEqual([200, true]);
  expect(await reply.json()).toMatchObject({ success: false, errors: [{ code: '1004' }] });
});

test.each([
  ['client_id', 'nobody', 'unauthorized', 'No client with requested id: nobody'],
  ['client_secret', 'wrong', 'invalid_client', 'Bad client credentials'],
])(
  'identity refuses a wrong %s with HTTP 401 and another body than everything else',
  async (name, value, error, text) => {
    await using marketo = await openMarketo();
    const reply = await fetch(`${marketo.vendor.url}/identity/oauth/token?${marketo.credentials({ [name]: value })}`);

    expect([reply.status, await reply.json()]).toEqual([401, { error, error_description: text }]);
  },
);

test('a token may be unknown (601) or too old (602), and neither writes any record of the batch', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  const count = () => rows("SELECT count(*) n FROM mk_lead WHERE email LIKE '%@lost.example'")[0]?.n;
  const batch = json({ input: [{ email: 'a@lost.example' }, { email: 'b@lost.example' }] });
  control.setFaults({ expireTokens: true });
  const expired = await marketo.call('/rest/v1/leads.json', batch);
  marketo.useToken('never-issued');
  const unknown = await marketo.call('/rest/v1/leads.json', batch);

  expect([expired.errors, unknown.errors, count()]).toEqual([
    [{ code: '602', message: 'Access token expired' }],
    [{ code: '601', message: 'Access token invalid' }],
    0,
  ]);
  marketo.useToken((await marketo.askToken()).access_token);
  expect((await marketo.call('/rest/v1/leads.json', batch)).result).toHaveLength(2);
});

test('`expires_in` reaches 0 while the token still works, and a moment later another is given', async () => {
  let now = Date.parse('2026-11-22T10:00:00Z');
  await using marketo = await openMarketo({ now: () => now });
  const before = await marketo.askToken();
  now += 3_599_500;
  const last = await marketo.askToken();
  const works = await marketo.call('/rest/v1/lists.json');
  now += 600;
  const after = await marketo.askToken();

  expect([last.access_token, last.expires_in, works.success]).toEqual([before.access_token, 0, true]);
  expect([after.access_token === before.access_token, after.expires_in]).toEqual([false, 3599]);
});

test('one person in a long log takes many pages without a `result`, all but the last with `moreResult`', async () => {
  await using marketo = await openMarketo();
  let token = await since(marketo, '2000-01-01T00:00:00Z');
  const pages = [];
  for (let more = true; more; ) {
    const page = await marketo.call(
      `/rest/v1/activities.json?activityTypeIds=12&leadIds=${first?.id}&nextPageToken=${token}`,
    );
    pages.push(page);
    token = page.nextPageToken ?? '';
    more = page.moreResult === true;
  }
  const found = pages.flatMap((page) => page.result ?? []);
  const all = Number(rows('SELECT count(*) n FROM mk_activity')[0]?.n);

  expect(found).toMatchObject([{ leadId: first?.id, activityTypeId: 12 }]);
  expect(pages.length).toBeGreaterThanOrEqual(Math.floor(all / 3000));
  expect(pages.filter((page) => page.moreResult && page.result === undefined).length + 1).toBeGreaterThanOrEqual(
    pages.length - 1,
  );
});

test('the last page still has a token, which later finds what is new and nothing twice', async () => {
  let now = Date.now() + 86_400_000;
  await using marketo = await openMarketo({ now: () => now });
  const read = async (token: string) =>
    marketo.call(`/rest/v1/activities.json?activityTypeIds=46&nextPageToken=${encodeURIComponent(token)}`);
  const last = await read(await since(marketo, new Date(now).toISOString()));
  const note = (primaryAttributeValue: string) =>
    controlCall(marketo, 'change', { type: 'ACTIVITY', leadId: first?.id, activityTypeId: 46, primaryAttributeValue });
  expect(last).toMatchObject({ moreResult: false, nextPageToken: expect.any(String) });
  now += 2000;
  await note('one');
  const then = await read(last.nextPageToken ?? '');
  await note('two');
  const later = await read(then.nextPageToken ?? '');

  expect([then, later].map((page) => page.result?.map((line) => line.primaryAttributeValue))).toEqual([
    ['one'],
    ['two'],
  ]);
});

test('campaigns never say `moreResult`, and assets know no token at all', async () => {
  await using marketo = await openMarketo();
  const page = await marketo.call('/rest/v1/campaigns.json?batchSize=2');
  const last = await marketo.call(`/rest/v1/campaigns.json?batchSize=2&nextPageToken=${page.nextPageToken}`);
  const programs = await marketo.call('/rest/asset/v1/programs.json');
  const more = await marketo.call('/rest/asset/v1/programs.json?offset=20');

  expect([Object.keys(page).sort(), Object.keys(last).sort()]).toEqual([
    ['nextPageToken', 'requestId', 'result', 'success'],
    ['requestId', 'result', 'success'],
  ]);
  expect([programs.result?.length, more.result?.length]).toEqual([20, 4]);
  expect(programs).not.toHaveProperty('nextPageToken');
  expect(programs).not.toHaveProperty('moreResult');
});

test('people are not found by date (1011), nor by more than 300 values at once (1003)', async () => {
  await using marketo = await openMarketo();
  const byDate = await marketo.call('/rest/v1/leads.json?filterType=updatedAt&filterValues=2026-01-01');
  const ids = (count: number) => Array.from({ length: count }, (_, index) => people[index]?.id ?? index + 1);
  const query = (count: number) => ({
    method: 'POST',
    body: new URLSearchParams({ _method: 'GET', filterType: 'id', filterValues: ids(count).join() }),
  });

  expect(byDate.errors).toEqual([{ code: '1011', message: "Lookup field 'updatedAt' not supported" }]);
  expect((await marketo.call('/rest/v1/leads.json', query(301))).errors?.[0]?.code).toBe('1003');
  expect((await marketo.call('/rest/v1/leads.json', query(300))).result).toHaveLength(Math.min(300, people.length));
});

test('taking somebody off a list who is not on it is `skipped` with 1015, and the call a success', async () => {
  await using marketo = await openMarketo();
  const answer = await marketo.call(`/rest/v1/lists/1002/leads.json?id=${first?.id}`, { method: 'DELETE' });

  expect(answer).toMatchObject({
    success: true,
    result: [{ id: first?.id, status: 'skipped', reasons: [{ code: '1015', message: 'Lead not in list' }] }],
  });
});

test('ids of new people leave gaps', async () => {
  await using marketo = await openMarketo();
  const input = ['x', 'y', 'z'].map((name) => ({ email: `${name}@gaps.example` }));
  const ids = (await marketo.call('/rest/v1/leads.json', json({ input }))).result?.map(({ id }) => Number(id)) ?? [];

  expect(ids.slice(1).every((id, index) => id - Number(ids[index]) > 1)).toBe(true);
});

test('two upserts at the same time make the same person twice, which later is 1007; one after the other they do not', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  const upsert = (email: string) => marketo.call('/rest/v1/leads.json', json({ input: [{ email }] }));
  const written = [await upsert('calm@race.example'), await upsert('calm@race.example')];
  control.setFaults({ latencyMs: 100 });
  const raced = await Promise.all([upsert('torn@race.example'), upsert('torn@race.example')]);
  control.heal();

  const status = (answers: MarketoBody[]) => answers.map(({ result }) => result?.[0]?.status);
  expect([status(written), status(raced)]).toEqual([
    ['created', 'updated'],
    ['created', 'created'],
  ]);
  expect((await upsert('torn@race.example')).result).toMatchObject([
    { status: 'skipped', reasons: [{ code: '1007' }] },
  ]);
});

test('the attributes of an exported activity are JSON inside one quoted cell', async () => {
  const now = Date.now() + 120_000;
  let ahead = 0;
  await using marketo = await openMarketo({ now: () => now + ahead });
  const path = '/bulk/v1/activities/export';
  const day = (offset: number) => new Date(now + offset * 86_400_000).toISOString();
  await marketo.call('/rest/v1/leads.json', json({ input: [{ email: first?.email, city: 'Quoted, "City"' }] }));
  const filter = { createdAt: { startAt: day(-1), endAt: day(1) }, activityTypeIds: [13] };
  const created = await marketo.call(`${path}/create.json`, json({ filter, fields: ['leadId', 'attributes'] }));
  const id = created.result?.[0]?.exportId;
  await marketo.call(`${path}/${id}/enqueue.json`, { method: 'POST' });
  ahead = 180_000;
  const lines = (await (await marketo.fetch(`${path}/${id}/file.json`)).text()).trim().split('\n');
  const [, leadId, cell = ''] = /^(\d+),"(.*)"$/.exec(lines.find((line) => line.includes('Quoted')) ?? '') ?? [];

  expect(Number(leadId)).toBe(first?.id);
  expect(JSON.parse(cell.replaceAll('""', '"'))).toMatchObject({ 'New Value': 'Quoted, "City"' });
});
