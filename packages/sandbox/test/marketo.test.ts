import { marketoCredentials } from '../src/marketo/credentials.ts';
import { createControl } from '../src/vendor/control.ts';
import { type MarketoBody, openMarketo, rows } from './marketo-support.ts';

const everyLead = rows('SELECT * FROM mk_lead ORDER BY id');
const sharedIds = rows(
  'SELECT sf_account_id AS id FROM mk_lead WHERE sf_account_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
).map((row) => row.id);

test('the identity service hands out one token, by GET and by POST, with less time left each time', async () => {
  await using marketo = await openMarketo();
  const first = await marketo.askToken();
  const second = await marketo.askToken('POST');

  expect(first).toMatchObject({ token_type: 'bearer', scope: marketoCredentials.apiUser });
  expect(second.access_token).toBe(first.access_token);
  expect(second.expires_in).toBeLessThanOrEqual(first.expires_in);
  expect(first.expires_in).toBeLessThanOrEqual(3599);
});

test.each([
  { id: 'nobody', secret: 'x', error: 'unauthorized', text: 'No client with requested id: nobody' },
  { id: marketoCredentials.clientId, secret: 'x', error: 'invalid_client', text: 'Bad client credentials' },
])('identity refuses with $error', async ({ id, secret, error, text }) => {
  await using marketo = await openMarketo();
  const query = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const reply = await fetch(`${marketo.vendor.url}/identity/oauth/token?${query}`);

  expect(reply.status).toBe(401);
  expect(await reply.json()).toEqual({ error, error_description: text });
});

test('a call needs a live token in its header: 600, 601, 602, all with HTTP 200', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  const path = '/rest/v1/leads/describe.json';
  const url = `${marketo.vendor.url}${path}`;
  const { access_token } = await marketo.askToken();
  const codeOf = async (reply: Response) => [reply.status, ((await reply.json()) as MarketoBody).errors?.[0]?.code];

  expect(await codeOf(await fetch(url))).toEqual([200, '600']);
  expect(await codeOf(await fetch(`${url}?access_token=${access_token}`))).toEqual([200, '600']);
  expect(await codeOf(await fetch(url, { headers: { authorization: 'Bearer wrong' } }))).toEqual([200, '601']);
  expect(await codeOf(await fetch(url, { headers: { authorization: `Bearer ${access_token}` } }))).toEqual([
    200,
    undefined,
  ]);
  control.setFaults({ expireTokens: true });
  const expired = await marketo.call(path);
  expect(expired).toMatchObject({ success: false, errors: [{ code: '602', message: 'Access token expired' }] });
  expect(expired.requestId).toMatch(/^[0-9a-f]+#[0-9a-f]+$/);
  expect((await marketo.askToken()).access_token).not.toBe(access_token);
});

test('leads are found by account, page by page, with absent fields left out', async () => {
  await using marketo = await openMarketo();
  const ids = sharedIds.slice(0, 20).join();
  const fields = 'id,sfdcAccountId,leadScore,lastInterestingMomentDate,lastCampaignId';
  const found: Record<string, unknown>[] = [];
  let next = '';
  do {
    const page = await marketo.call(
      `/rest/v1/leads.json?filterType=sfdcAccountId&filterValues=${ids}&fields=${fields}&batchSize=7${next}`,
    );
    expect(page.success).toBe(true);
    found.push(...(page.result ?? []));
    next = page.nextPageToken ? `&nextPageToken=${encodeURIComponent(page.nextPageToken)}` : '';
  } while (next);

  const expected = everyLead.filter((lead) => sharedIds.slice(0, 20).includes(lead.sf_account_id));
  expect(found.map((lead) => lead.id)).toEqual(expected.map((lead) => lead.id));
  for (const [index, lead] of found.entries()) {
    const row = expected[index];
    expect(lead.sfdcAccountId).toBe(row?.sf_account_id);
    expect('leadScore' in lead).toBe(row?.lead_score !== null);
    expect(lead.lastInterestingMomentDate).toBe(row?.last_moment_date ?? undefined);
    expect(lead.lastCampaignId).toBe(row?.last_program_id ?? undefined);
  }
});

test('a long lead query travels as POST, `_method` in the query or in the form', async () => {
  await using marketo = await openMarketo();
  const form = {
    filterType: 'id',
    filterValues: everyLead
      .slice(0, 300)
      .map((lead) => lead.id)
      .join(),
    fields: 'id',
  };
  const inQuery = await marketo.call('/rest/v1/leads.json?_method=GET', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const inForm = await marketo.call('/rest/v1/leads.json', {
    method: 'POST',
    body: new URLSearchParams({ ...form, _method: 'GET' }),
  });

  expect(inQuery.result).toHaveLength(Math.min(300, everyLead.length));
  expect(inForm.result).toEqual(inQuery.result);
});

test.each([
  ['filterType=createdAt&filterValues=2026-01-01', '1011', "Lookup field 'createdAt' not supported"],
  ['filterType=shoeSize&filterValues=44', '1006', "Lookup field 'shoeSize' not found"],
  ['filterType=id&filterValues=abc', '1001', "Invalid value 'abc'. Required of type 'Integer'"],
  ['filterValues=1', '1002', "Missing value for required parameter 'filterType'"],
  ['filterType=id&filterValues=1&fields=shoeSize', '1006', "Field 'shoeSize' not found"],
  [`filterType=id&filterValues=${Array.from({ length: 301 }, (_, n) => n)}`, '1003', expect.stringContaining('301')],
])('lead query %.60s is refused with %s', async (query, code, message) => {
  await using marketo = await openMarketo();

  expect(await marketo.call(`/rest/v1/leads.json?${query}`)).toMatchObject({
    success: false,
    errors: [{ code, message }],
  });
});

test('describe lists the instance fields and says which can be searched', async () => {
  await using marketo = await openMarketo();
  const { result: fields = [] } = await marketo.call('/rest/v1/leads/describe.json');
  const names = fields.map((field) => (field.rest as { name: string }).name);
  const { result: [described] = [] } = await marketo.call('/rest/v1/leads/describe2.json');

  expect(names).toEqual(expect.arrayContaining(['leadScore', 'lastCampaignId', 'lastInterestingMomentType']));
  expect(described).toMatchObject({ name: 'API Lead', searchableFields: expect.arrayContaining([['sfdcAccountId']]) });
});

test('one lead is answered by id, an unknown one is 1004', async () => {
  await using marketo = await openMarketo();
  const { result } = await marketo.call(`/rest/v1/lead/${everyLead[0]?.id}.json?fields=id`);

  expect(result).toEqual([{ id: everyLead[0]?.id }]);
  expect(await marketo.call('/rest/v1/lead/1.json')).toMatchObject({ errors: [{ code: '1004' }] });
});

test('programs page by offset and carry neither tags nor costs; one program carries both', async () => {
  await using marketo = await openMarketo();
  const programs = rows('SELECT id, name FROM mk_program ORDER BY id');
  const first = await marketo.call('/rest/asset/v1/programs.json?maxReturn=20');
  const rest = await marketo.call('/rest/asset/v1/programs.json?maxReturn=20&offset=20');
  const none = await marketo.call('/rest/asset/v1/programs.json?offset=500');
  const listed = [...(first.result ?? []), ...(rest.result ?? [])];

  expect(listed.map((program) => program.id)).toEqual(programs.map((program) => program.id));
  expect(first).toMatchObject({ success: true, errors: [], warnings: [] });
  expect(listed.some((program) => 'costs' in program || 'tags' in program)).toBe(false);
  expect(listed[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\+0000$/);
  expect(none).toMatchObject({ success: true, warnings: ['No assets found for the given search criteria.'] });
  expect(none).not.toHaveProperty('result');

  const id = Number(programs[0]?.id);
  const { result: [one] = [] } = await marketo.call(`/rest/asset/v1/program/${id}.json`);
  const costs = rows('SELECT cost FROM mk_program_cost WHERE program_id = ? ORDER BY start_date', id);
  const tags = rows('SELECT type AS tagType, value AS tagValue FROM mk_program_tag WHERE program_id = ?', id);
  expect(one).toMatchObject({ tags, costs });
  const name = encodeURIComponent(String(programs[0]?.name));
  const { result: [named] = [] } = await marketo.call(`/rest/asset/v1/program/byName.json?name=${name}`);
  expect(named).toMatchObject({ id });
  expect(named).not.toHaveProperty('costs');
});

test('channels name their statuses and which of them is a success', async () => {
  await using marketo = await openMarketo();
  const { result = [] } = await marketo.call('/rest/asset/v1/channels.json');
  const webinar = result.find((channel) => channel.name === 'Webinar');

  expect(webinar?.progressionStatuses).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'Attended', success: true })]),
  );
});

test('members come by filter, status and success date only on request', async () => {
  await using marketo = await openMarketo();
  const [program] = rows('SELECT program_id AS id, count(*) n FROM mk_member GROUP BY 1 ORDER BY n DESC LIMIT 1');
  const members = rows('SELECT * FROM mk_member WHERE program_id = ? ORDER BY id', Number(program?.id));
  const path = `/rest/v1/programs/${program?.id}/members.json?filterType=reachedSuccess`;
  const plain = await marketo.call(`${path}&filterValues=true,false`);
  const won = await marketo.call(`${path}&filterValues=true&fields=leadId,statusName,reachedSuccessDate`);
  const all = await marketo.call(`/rest/v1/leads/programs/${program?.id}.json?batchSize=5`);

  expect(plain.result?.map((member) => member.leadId)).toEqual(members.map((member) => member.lead_id));
  expect(plain.result?.[0]).not.toHaveProperty('statusName');
  expect(won.result?.map((member) => member.reachedSuccessDate)).toEqual(
    members.filter((member) => member.reached_success === 1).map((member) => member.reached_success_at),
  );
  expect(all.result).toHaveLength(5);
  expect(all.nextPageToken).toMatch(/^[A-Z2-7]+=*$/);
  expect(all.result?.[0]?.membership).toMatchObject({ progressionStatus: members[0]?.status });
});

test('roles lead from people to opportunities, and a compound key is asked for in JSON', async () => {
  await using marketo = await openMarketo();
  const roles = rows('SELECT * FROM mk_role ORDER BY guid LIMIT 3');
  const leadIds = roles.map((role) => role.lead_id).join();
  const byLead = await marketo.call(`/rest/v1/opportunities/roles.json?filterType=leadId&filterValues=${leadIds}`);
  const key = {
    externalOpportunityId: roles[0]?.external_opportunity_id,
    leadId: roles[0]?.lead_id,
    role: roles[0]?.role,
  };
  const byKey = await marketo.call('/rest/v1/opportunities/roles.json?_method=GET', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filterType: 'dedupeFields', fields: ['leadId', 'isPrimary'], input: [key] }),
  });
  const opportunity = await marketo.call(
    `/rest/v1/opportunities.json?filterType=externalOpportunityId&filterValues=${key.externalOpportunityId}&fields=amount,isWon`,
  );
  const [row] = rows('SELECT * FROM mk_opportunity WHERE external_id = ?', String(key.externalOpportunityId));

  expect(byLead.result?.map((role) => role.marketoGUID)).toEqual(
    expect.arrayContaining(roles.map((role) => role.guid)),
  );
  expect(byKey.result).toEqual([
    { seq: 0, marketoGUID: roles[0]?.guid, leadId: key.leadId, isPrimary: roles[0]?.is_primary === 1 },
  ]);
  expect(Number(opportunity.result?.[0]?.amount)).toBe(Number(row?.amount) / 100);
  expect(opportunity.result?.[0]?.isWon).toBe(row?.is_won === 1);
});

test('the activity log is read by token until there is no more', async () => {
  await using marketo = await openMarketo();
  const since = '2026-06-01T00:00:00Z';
  let token = (await marketo.call(`/rest/v1/activities/pagingtoken.json?sinceDatetime=${since}`)).nextPageToken;
  const found: unknown[] = [];
  for (let more = true; more; ) {
    const page = await marketo.call(
      `/rest/v1/activities.json?activityTypeIds=104,10&nextPageToken=${encodeURIComponent(token ?? '')}`,
    );
    found.push(...(page.result ?? []).map((activity) => activity.id));
    token = page.nextPageToken;
    more = page.moreResult === true;
  }

  const expected = rows('SELECT id FROM mk_activity WHERE type_id IN (10, 104) AND at >= ? ORDER BY at, id', since);
  expect(found).toEqual(expected.map((row) => row.id));
});

test('an unknown path is 610, a batch without records is 1002, a wrong method is 605', async () => {
  await using marketo = await openMarketo();

  expect(await marketo.call('/rest/v1/nosuchthing.json')).toMatchObject({
    success: false,
    errors: [{ code: '610', message: 'Requested resource not found' }],
  });
  const write = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"input":[]}' };
  expect(await marketo.call('/rest/v1/leads.json', write)).toMatchObject({ errors: [{ code: '1002' }] });
  expect(await marketo.call('/rest/v1/leads.json', { method: 'PUT' })).toMatchObject({ errors: [{ code: '605' }] });
});
