import { json, openMarketo, rows } from './marketo-support.ts';

/** Bounds of single calls, each from both sides. */
const people = rows('SELECT id FROM mk_lead ORDER BY id LIMIT 60').map(({ id }) => Number(id));
const [program] = rows('SELECT id FROM mk_program LIMIT 1');
const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));

test('identity is free: asking for tokens counts in no quota', async () => {
  await using marketo = await openMarketo({ limits: { perWindow: 2, perDay: 2 } });
  for (let call = 0; call < 5; call += 1) await marketo.askToken();

  expect((await marketo.call('/rest/v1/stats/usage.json')).result).toMatchObject([{ total: 1 }]);
});

test.each([
  ['records to synchronise', '/rest/v1/leads.json', 300, (index: number) => ({ email: `b${index}@bounds.example` })],
  ['people to delete', '/rest/v1/leads/delete.json', 300, (index: number) => ({ id: index + 1 })],
  ['people for a list', '/rest/v1/lists/1002/leads.json', 300, () => ({ id: people[0] })],
  ['companies', '/rest/v1/companies.json', 300, (index: number) => ({ externalCompanyId: `bound-${index}` })],
])('%s: as many as Marketo takes, and not one more', async (_, path, most, item) => {
  await using marketo = await openMarketo();
  const codeOf = async (count: number) =>
    (await marketo.call(path, json({ input: many<object>(count, item) }))).errors?.[0]?.code;

  expect([await codeOf(most), await codeOf(most + 1)]).toEqual([undefined, '1003']);
});

test('a request of a campaign takes a hundred people and a hundred tokens', async () => {
  await using marketo = await openMarketo();
  const codeOf = async (leads: number, tokens: number) => {
    const input = {
      leads: many(leads, (index) => ({ id: people[index % people.length] })),
      tokens: many(tokens, (index) => ({ name: `{{my.t${index}}}`, value: 'x' })),
    };
    return (await marketo.call('/rest/v1/campaigns/3001/trigger.json', json({ input }))).errors?.[0]?.code;
  };

  expect([await codeOf(100, 100), await codeOf(101, 1), await codeOf(1, 101)]).toEqual([undefined, '1003', '1003']);
});

test('members by the time of their change: seven days at most, both ends needed', async () => {
  await using marketo = await openMarketo();
  const codeOf = async (range: string) =>
    (await marketo.call(`/rest/v1/programs/${program?.id}/members.json?filterType=updatedAt&${range}`)).errors?.[0]
      ?.code;

  expect([
    await codeOf('startAt=2026-11-01T00:00:00Z&endAt=2026-11-08T00:00:00Z'),
    await codeOf('startAt=2026-11-01T00:00:00Z&endAt=2026-11-08T00:00:01Z'),
    await codeOf('startAt=2026-11-01T00:00:00Z'),
  ]).toEqual([undefined, '1003', '1002']);
});

test('a merge takes 25 people; more are 1080, and then nobody is merged', async () => {
  await using marketo = await openMarketo();
  const merge = async (count: number) => {
    const path = `/rest/v1/leads/${people[0]}/merge.json?leadIds=${people.slice(1, count + 1).join()}`;
    return (await marketo.call(path, { method: 'POST' })).errors?.[0]?.code;
  };
  const left = () =>
    rows('SELECT count(*) n FROM mk_lead WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(people))[0]?.n;

  expect([await merge(26), left()]).toEqual(['1080', people.length]);
  expect([await merge(25), left()]).toEqual([undefined, people.length - 25]);
});

test('deletions are told for fourteen days, however old the token', async () => {
  let now = Date.parse('2027-01-01T00:00:00Z');
  await using marketo = await openMarketo({ now: () => now });
  const token = (await marketo.call('/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-12-31')).nextPageToken;
  const [first, second] = people.slice(-2);
  const remove = (id: number | undefined) => marketo.call('/rest/v1/leads/delete.json', json({ input: [{ id }] }));
  await remove(first);
  now += 10 * 86_400_000;
  marketo.useToken((await marketo.askToken()).access_token);
  await remove(second);
  const read = async () => {
    marketo.useToken((await marketo.askToken()).access_token);
    const { result } = await marketo.call(
      `/rest/v1/activities/deletedleads.json?nextPageToken=${encodeURIComponent(token ?? '')}`,
    );
    return result?.map(({ leadId }) => leadId);
  };
  const soon = await read();
  now += 5 * 86_400_000;

  expect([soon, await read()]).toEqual([[first, second], [second]]);
});
