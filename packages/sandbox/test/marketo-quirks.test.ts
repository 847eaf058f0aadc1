import type { MarketoBody } from './marketo-support.ts';
import { openMarketo, rows } from './marketo-support.ts';

const [lead] = rows('SELECT id FROM mk_lead LIMIT 1');
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

test('a body over a megabyte is 413 and an address over 8 kB is 414, in HTTP', async () => {
  await using marketo = await openMarketo();
  const { access_token } = await marketo.askToken();
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  const { url } = marketo.vendor;
  const large = await fetch(`${url}/rest/v1/leads.json`, {
    method: 'POST',
    headers,
    body: `"${'x'.repeat(1024 * 1024)}"`,
  });
  const long = await fetch(`${url}/rest/v1/leads.json?filterType=id&filterValues=${'1,'.repeat(5000)}`, { headers });

  expect([large.status, long.status]).toEqual([413, 414]);
});

test.each([
  ['in the address', '/rest/v1/lists.json?_method=GET', form({ id: '1001' })],
  ['in the form', '/rest/v1/lists.json', form({ id: '1001', _method: 'GET' })],
  [
    'in JSON',
    '/rest/v1/lists.json',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"_method":"get","id":[1001]}' },
  ],
])('`_method` %s turns a POST into a query', async (_, path, init) => {
  await using marketo = await openMarketo();
  expect((await marketo.call(path, init)).result).toMatchObject([{ id: 1001 }]);
});

test.each([
  [
    '/rest/v1/leads.json',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"input":' },
    '609',
  ],
  ['/rest/v1/leads.json', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, '612'],
  ['/rest/v1/leads.json', { method: 'PUT' }, '605'],
  ['/rest/v1/stats/usage.json', { method: 'POST' }, '605'],
  ['/rest/v1/lead/abc.json', {}, '1001'],
  ['/rest/v1/lead/1.json', {}, '1004'],
  ['/rest/v1/campaigns/77.json', {}, '1013'],
  ['/rest/v1/activities.json?activityTypeIds=1&nextPageToken=nonsense', {}, '1003'],
  ['/rest/v1/activities/leadchanges.json?fields=title', {}, '1002'],
])('%s with %.60j is HTTP 200 with error %s', async (path, init, code) => {
  await using marketo = await openMarketo();
  const body = await marketo.call(path, init as RequestInit);
  expect(body).toEqual({
    requestId: expect.stringMatching(/^[0-9a-f]+#[0-9a-f]+$/),
    success: false,
    errors: [{ code, message: expect.any(String) }],
  });
});

test('the token of the address counts only where the old way is switched on, and the header comes first', async () => {
  for (const queryToken of [false, true]) {
    await using marketo = await openMarketo({ queryToken });
    const { access_token } = await marketo.askToken();
    const url = `${marketo.vendor.url}/rest/v1/lists.json?access_token=${access_token}`;
    const codeOf = async (reply: Response) => ((await reply.json()) as MarketoBody).errors?.[0]?.code;

    expect(await codeOf(await fetch(url))).toBe(queryToken ? undefined : '600');
    expect(await codeOf(await fetch(url, { headers: { authorization: 'Bearer wrong' } }))).toBe('601');
  }
});

test('errors are counted by code, apart from usage', async () => {
  await using marketo = await openMarketo();
  for (const path of ['/rest/v1/lead/1.json', '/rest/v1/lead/1.json', '/rest/v1/nosuchthing.json'])
    await marketo.call(path);

  expect((await marketo.call('/rest/v1/stats/errors.json')).result).toEqual([
    {
      date: expect.any(String),
      total: 3,
      errors: [
        { errorCode: '1004', count: 2 },
        { errorCode: '610', count: 1 },
      ],
    },
  ]);
  expect((await marketo.call('/rest/v1/stats/usage/last7days.json')).result?.[0]).toMatchObject({ total: 2 });
});

test('what is asked of a person comes with the id, and what is null is left out', async () => {
  await using marketo = await openMarketo();
  expect((await marketo.call(`/rest/v1/lead/${lead?.id}.json?fields=mobilePhone`)).result).toEqual([{ id: lead?.id }]);
});

test('a write is read by whoever asks next, from the same tables', async () => {
  await using one = await openMarketo();
  await using other = await openMarketo();
  const body = JSON.stringify({ input: [{ email: 'seen@everywhere.example' }] });
  const written = await one.call('/rest/v1/leads.json', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const read = await other.call('/rest/v1/leads.json?filterType=email&filterValues=SEEN@everywhere.example&fields=id');

  expect(read.result).toEqual([{ id: written.result?.[0]?.id }]);
});
