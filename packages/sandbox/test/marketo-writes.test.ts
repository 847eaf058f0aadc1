import type { MarketoBody } from './marketo-support.ts';
import { openMarketo, rows } from './marketo-support.ts';

type Marketo = Awaited<ReturnType<typeof openMarketo>>;

const json = (body: object, method = 'POST') => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const sync = (marketo: Marketo, body: object) => marketo.call('/rest/v1/leads.json', json(body));
const log = (leadId: unknown) =>
  rows(
    'SELECT type_id, primary_id, primary_value, attributes FROM mk_activity WHERE lead_id = ? ORDER BY id',
    Number(leadId),
  );
const idOf = (body: MarketoBody, index = 0) => Number(body.result?.[index]?.id);
const skipped = (code: string, message: unknown = expect.any(String)) => ({
  status: 'skipped',
  reasons: [{ code, message }],
});

test('each action does what it says, record by record and in order', async () => {
  await using marketo = await openMarketo();
  const input = [{ email: 'a@actions.example' }, { email: 'A@actions.example', title: 'Chief' }];
  const created = await sync(marketo, { input });
  const id = idOf(created);

  expect(created.result).toEqual([
    { id, status: 'created' },
    { id, status: 'updated' },
  ]);
  expect(
    (await sync(marketo, { action: 'createOnly', input: [input[0], { email: 'b@actions.example' }] })).result,
  ).toEqual([skipped('1005', 'Lead already exists'), { id: expect.any(Number), status: 'created' }]);
  expect((await sync(marketo, { action: 'updateOnly', input: [{ email: 'nobody@actions.example' }] })).result).toEqual([
    skipped('1004', 'Lead not found'),
  ]);
  const double = await sync(marketo, { action: 'createDuplicate', input: [input[0]] });
  expect(double.result).toEqual([{ id: expect.any(Number), status: 'created' }]);
  expect((await sync(marketo, { input: [input[0]] })).result).toEqual([skipped('1007')]);
  expect(
    (await sync(marketo, { action: 'updateOnly', lookupField: 'id', input: [{ id, title: null }] })).result,
  ).toEqual([{ id, status: 'updated' }]);
  expect(rows('SELECT title FROM mk_lead WHERE id = ?', id)).toEqual([{ title: null }]);
});

test.each([
  [{ email: 'v@example.com', shoeSize: 44 }, '1006'],
  [{ email: 'v@example.com', createdAt: '2026-01-01' }, '1003'],
  [{ email: 'v@example.com', leadScore: 'high' }, '1001'],
  [{ email: 'v@example.com', unsubscribed: 'perhaps' }, '1001'],
  [{ email: 'v@example.com', firstName: 'x'.repeat(256) }, '1003'],
  [{ email: 'v@example.com', externalCompanyId: 'nowhere' }, '1013'],
  [{ firstName: 'Nobody' }, '1003'],
])('the record %.60j is skipped with %s, and the call succeeds', async (record, code) => {
  await using marketo = await openMarketo();
  expect(await sync(marketo, { input: [record] })).toMatchObject({ success: true, result: [skipped(code)] });
});

test.each([
  [{ action: 'replace', input: [{ email: 'x@example.com' }] }, '1003'],
  [{ lookupField: 'firstName', input: [{ firstName: 'x' }] }, '1011'],
  [{ lookupField: 'shoeSize', input: [{ email: 'x@example.com' }] }, '1006'],
  [{ action: 'createOnly', lookupField: 'id', input: [{ id: 1 }] }, '1003'],
  [{ partitionName: 'Elsewhere', input: [{ email: 'x@example.com' }] }, '1008'],
  [{ input: Array.from({ length: 301 }, () => ({ email: 'x@example.com' })) }, '1003'],
  [{ input: 'x' }, '1002'],
])('the call %.60j is refused with %s', async (body, code) => {
  await using marketo = await openMarketo();
  expect(await sync(marketo, body)).toMatchObject({ success: false, errors: [{ code }] });
});

test('people are found by a key of the CRM, which nobody can be created by', async () => {
  await using marketo = await openMarketo();
  const [known] = rows('SELECT id, sf_contact_id contact FROM mk_lead WHERE sf_contact_id IS NOT NULL LIMIT 1');
  const input = [
    { sfdcContactId: known?.contact, title: 'Found' },
    { sfdcContactId: '003000000000000', title: 'Lost' },
  ];

  expect((await sync(marketo, { lookupField: 'sfdcContactId', input })).result).toEqual([
    { id: known?.id, status: 'updated' },
    skipped('1004', 'Lead not found'),
  ]);
});

test('every write leaves its activities', async () => {
  await using marketo = await openMarketo();
  const id = idOf(await sync(marketo, { input: [{ email: 'log@example.com', leadScore: 10 }] }));
  await sync(marketo, { input: [{ email: 'log@example.com', leadScore: 15, title: 'Chief' }] });
  await sync(marketo, { input: [{ email: 'log@example.com', leadScore: 15 }] });
  await marketo.call(`/rest/v1/lists/1002/leads.json?id=${id}`, { method: 'POST' });
  await marketo.call(`/rest/v1/lists/1002/leads.json?id=${id}`, { method: 'DELETE' });
  await marketo.call('/rest/v1/leads/delete.json', json({ input: [{ id }] }));

  const entries = log(id);
  expect(entries.map((entry) => entry.type_id)).toEqual([12, 13, 22, 13, 24, 25, 37]);
  expect(entries[1]).toMatchObject({ primary_value: 'leadScore' });
  expect(JSON.parse(String(entries[2]?.attributes))).toMatchObject({
    'Change Value': '+5',
    'Old Value': 10,
    'New Value': 15,
  });
});

test('a deleted person is gone from lists, programs and deals, and found among the deleted', async () => {
  await using marketo = await openMarketo();
  const [someone] = rows('SELECT lead_id id FROM mk_list_member JOIN mk_member USING (lead_id) LIMIT 1');
  const since = new Date(Date.now() - 60_000).toISOString();
  const token = (await marketo.call(`/rest/v1/activities/pagingtoken.json?sinceDatetime=${since}`)).nextPageToken ?? '';
  const answer = await marketo.call('/rest/v1/leads/delete.json', json({ input: [{ id: someone?.id }, { id: 1 }] }));
  const deleted = await marketo.call(
    `/rest/v1/activities/deletedleads.json?nextPageToken=${encodeURIComponent(token)}`,
  );

  expect(answer.result).toEqual([
    { id: someone?.id, status: 'deleted' },
    { id: 1, ...skipped('1004', 'Lead not found') },
  ]);
  for (const table of ['mk_list_member', 'mk_member', 'mk_role']) {
    expect(rows(`SELECT 1 FROM ${table} WHERE lead_id = ?`, Number(someone?.id))).toEqual([]);
  }
  expect(deleted.result).toContainEqual(expect.objectContaining({ leadId: someone?.id, activityTypeId: 37 }));
  const created = await sync(marketo, { input: [{ email: 'after@example.com' }] });
  expect(rows('SELECT id FROM mk_lead WHERE id = ?', idOf(created))).toHaveLength(1);
  expect(idOf(created)).not.toBe(someone?.id);
});

test('merging fills what the winner lacks and moves memberships', async () => {
  await using marketo = await openMarketo();
  const people = await sync(marketo, {
    input: [
      { email: 'w@merge.example', title: 'Chief' },
      { email: 'l@merge.example', title: 'Other', city: 'Graz' },
    ],
  });
  const [winner, loser] = [idOf(people), idOf(people, 1)];
  await marketo.call(`/rest/v1/lists/1002/leads.json?id=${loser}`, { method: 'POST' });
  const merged = await marketo.call(`/rest/v1/leads/${winner}/merge.json?leadId=${loser}`, { method: 'POST' });

  expect(merged).toEqual({ requestId: expect.any(String), success: true });
  expect(rows('SELECT title, city FROM mk_lead WHERE id IN (?, ?)', winner, loser)).toEqual([
    { title: 'Chief', city: 'Graz' },
  ]);
  expect(rows('SELECT lead_id FROM mk_list_member WHERE list_id = 1002 AND lead_id IN (?, ?)', winner, loser)).toEqual([
    { lead_id: winner },
  ]);
  const many = Array.from({ length: 26 }, (_, index) => index + 1);
  expect(await marketo.call(`/rest/v1/leads/${winner}/merge.json?leadIds=${many}`, { method: 'POST' })).toMatchObject({
    errors: [{ code: '1080' }],
  });
});

test('pushing into a program needs one of its statuses', async () => {
  await using marketo = await openMarketo();
  const [program] = rows('SELECT name FROM mk_program LIMIT 1');
  const push = (more: object) =>
    marketo.call(
      '/rest/v1/leads/push.json',
      json({ programName: program?.name, input: [{ email: 'p@push.example' }], ...more }),
    );

  expect(await push({ programStatus: 'Invented' })).toMatchObject({ errors: [{ code: '1025' }] });
  expect(await push({ programName: 'Invented' })).toMatchObject({ errors: [{ code: '1013' }] });
  const pushed = await push({ reason: 'form' });
  expect(log(idOf(pushed)).map((entry) => entry.type_id)).toEqual([12, 145, 104]);
});

test('lists are filtered, say who is in, and skip who is not', async () => {
  await using marketo = await openMarketo();
  const [inside] = rows('SELECT lead_id id FROM mk_list_member WHERE list_id = 1001 LIMIT 1');
  const remove = await marketo.call(
    '/rest/v1/lists/1002/leads.json',
    json({ input: [{ id: inside?.id }, { id: 1 }] }, 'DELETE'),
  );
  const asked = await marketo.call(`/rest/v1/lists/1001/leads/ismember.json?id=${inside?.id},1`);

  expect((await marketo.call('/rest/v1/lists.json?name=Event%20guests,x')).result).toMatchObject([{ id: 1001 }]);
  expect(remove.result).toEqual([
    { id: inside?.id, ...skipped('1015', 'Lead not in list') },
    { id: 1, ...skipped('1004') },
  ]);
  expect(asked.result).toEqual([
    { id: inside?.id, status: 'memberof' },
    { id: 1, ...skipped('1004') },
  ]);
  expect(await marketo.call('/rest/v1/lists/77.json')).toMatchObject({
    errors: [{ code: '1013', message: 'List not found' }],
  });
});

test('the log of a list, and of changes to some fields, by a cursor that is kept between reads', async () => {
  await using marketo = await openMarketo();
  const [inside] = rows('SELECT lead_id id FROM mk_list_member WHERE list_id = 1001 LIMIT 1');
  const start = await marketo.call(`/rest/v1/activities/pagingtoken.json?sinceDatetime=${new Date().toISOString()}`);
  let cursor = start.nextPageToken ?? '';
  const changes = async () => {
    const page = await marketo.call(
      `/rest/v1/activities/leadchanges.json?fields=title&listId=1001&nextPageToken=${encodeURIComponent(cursor)}`,
    );
    cursor = page.nextPageToken ?? '';
    return page.result ?? [];
  };
  const rename = (title: string) =>
    sync(marketo, { action: 'updateOnly', lookupField: 'id', input: [{ id: inside?.id, title, city: title }] });

  await rename('First');
  expect(await changes()).toMatchObject([{ leadId: inside?.id, fields: [{ name: 'title', newValue: 'First' }] }]);
  expect(await changes()).toEqual([]);
  await rename('Second');
  expect(await changes()).toMatchObject([{ fields: [{ newValue: 'Second', oldValue: 'First' }] }]);
});

test('a page may be empty and yet not be the last', async () => {
  await using marketo = await openMarketo();
  const { nextPageToken = '' } = await marketo.call(
    '/rest/v1/activities/pagingtoken.json?sinceDatetime=2020-01-01T00:00:00Z',
  );
  const [{ n } = { n: 0 }] = rows('SELECT count(*) n FROM mk_activity');
  const page = await marketo.call(
    `/rest/v1/activities.json?activityTypeIds=46&nextPageToken=${encodeURIComponent(nextPageToken)}`,
  );

  expect(Number(n)).toBeGreaterThan(0);
  expect(page).not.toHaveProperty('result');
  expect(page.moreResult).toBe(Number(n) >= 3000);
});
