import { createControl } from '../src/vendor/control.ts';
import { openReceiver } from './marketo-receiver.ts';
import { control as controlCall, json, openMarketo, rows } from './marketo-support.ts';

const people = rows('SELECT id, email FROM mk_lead WHERE email IS NOT NULL ORDER BY id LIMIT 60') as {
  id: number;
  email: string;
}[];
const leads = people.map(({ id }) => ({ id }));
const [opportunity] = rows('SELECT external_id id FROM mk_opportunity LIMIT 1');
const [program] = rows("SELECT id FROM mk_program WHERE channel = 'Webinar' LIMIT 1");

test.each([
  ['/rest/v1/leads.json', { input: people.map(({ email }) => ({ email, city: 'Turin' })) }, '1003'],
  ['/rest/v1/leads/delete.json', { input: leads.map(() => ({ id: 1 })) }, '1004'],
  ['/rest/v1/lists/1002/leads.json', { input: leads }, '1004'],
  [
    `/rest/v1/programs/${program?.id}/members/status.json`,
    { statusName: 'Attended', input: people.map(({ id }) => ({ leadId: id })) },
    '1004',
  ],
  ['/rest/v1/opportunities.json', { input: [{ externalOpportunityId: opportunity?.id, name: 'x' }] }, '1003'],
])(
  'a share of the records sent to %s is skipped, each with its reason, and the call succeeds',
  async (path, body, code) => {
    const control = createControl();
    await using marketo = await openMarketo({ control });
    control.setFaults({ partial: 1 });
    const answer = await marketo.call(path, json(body));

    expect(answer.success).toBe(true);
    expect(answer.result).toHaveLength(body.input.length);
    for (const record of answer.result ?? []) {
      expect(record).toMatchObject({ status: 'skipped', reasons: [{ code, message: expect.any(String) }] });
    }
  },
);

test('what is skipped by a partial failure is not written, the rest is', async () => {
  const control = createControl(5);
  await using marketo = await openMarketo({ control });
  control.setFaults({ partial: 0.4 });
  const input = people.map(({ id }) => ({ id, city: 'Lyon' }));
  const { result = [] } = await marketo.call(
    '/rest/v1/leads.json',
    json({ lookupField: 'id', action: 'updateOnly', input }),
  );
  const written = new Set(rows("SELECT id FROM mk_lead WHERE city = 'Lyon'").map(({ id }) => id));
  const skipped = people.filter((_, index) => result[index]?.status === 'skipped');

  expect(skipped.length).toBeGreaterThan(10);
  expect(skipped.length).toBeLessThan(40);
  expect(written).toEqual(new Set(people.filter((one) => !skipped.includes(one)).map(({ id }) => id)));
});

test('a page token that has become stale is 1003; the question starts anew', async () => {
  await using marketo = await openMarketo();
  const path = '/rest/v1/lists.json?batchSize=1';
  const page = await marketo.call(path);
  await controlCall(marketo, 'change', { type: 'FORGET' });
  const stale = await marketo.call(`${path}&nextPageToken=${page.nextPageToken}`);
  const again = await marketo.call(path);

  expect(stale.errors).toEqual([{ code: '1003', message: 'Invalid value for nextPageToken' }]);
  expect((await marketo.call(`${path}&nextPageToken=${again.nextPageToken}`)).result).toMatchObject([{ id: 1002 }]);
});

test('a token that expires between pages is 602, and the next page is still there for another', async () => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  const path = '/rest/v1/lists/1001/leads.json?batchSize=3';
  const page = await marketo.call(path);
  control.setFaults({ expireTokens: true });
  const refused = await marketo.call(`${path}&nextPageToken=${page.nextPageToken}`);
  marketo.useToken((await marketo.askToken()).access_token);
  const next = await marketo.call(`${path}&nextPageToken=${page.nextPageToken}`);

  expect(refused.errors?.[0]?.code).toBe('602');
  expect(next.result?.map(({ id }) => id)).not.toContain(page.result?.at(-1)?.id);
  expect(next.result).toHaveLength(3);
});

test.each(['502', '603', '604', '608', '611', '713', '719'])(
  'a rule answers two calls with %s after a wait, and the third is served',
  async (code) => {
    const control = createControl();
    await using marketo = await openMarketo({ control });
    const body = JSON.stringify({ requestId: 'e1#1', success: false, errors: [{ code, message: 'for a while' }] });
    const headers = { 'content-type': 'application/json' };
    control.setFaults({ rules: [{ path: '/rest/v1/leads', times: 2, latencyMs: 20, answer: { headers, body } }] });
    const codes = [];
    for (let call = 0; call < 3; call += 1) {
      codes.push((await marketo.call('/rest/v1/leads/partitions.json')).errors?.[0]?.code);
    }

    expect(codes).toEqual([code, code, undefined]);
    expect((await marketo.call('/rest/v1/lists.json')).success).toBe(true);
  },
);

test.each([
  ['rate', '606'],
  ['day', '607'],
  ['parallel', '615'],
])('the throttle of kind %s is %s', async (throttle, code) => {
  const control = createControl();
  await using marketo = await openMarketo({ control });
  control.setFaults({ throttle });
  expect((await marketo.call('/rest/v1/lists.json')).errors?.[0]?.code).toBe(code);
});

test('an export may fail, and then has no file', async () => {
  await using marketo = await openMarketo();
  const path = '/bulk/v1/leads/export';
  const created = await marketo.call(`${path}/create.json`, json({ fields: ['id'], filter: { staticListId: 1001 } }));
  const exportId = created.result?.[0]?.exportId;
  await marketo.call(`${path}/${exportId}/enqueue.json`, { method: 'POST' });
  expect(await controlCall(marketo, 'change', { type: 'FAIL', exportId })).toMatchObject({ status: 200 });

  expect((await marketo.call(`${path}/${exportId}/status.json`)).result).toMatchObject([{ status: 'Failed' }]);
  expect((await marketo.fetch(`${path}/${exportId}/file.json`)).status).toBe(404);
  expect(await controlCall(marketo, 'change', { type: 'FAIL', exportId: 'none' })).toMatchObject({ status: 400 });
});

test('whom the webhook step calls is set, told without its secret, and removed at run time', async () => {
  await using receiver = await openReceiver(() => ({ body: 'ok' }));
  await using marketo = await openMarketo();
  const run = () => controlCall(marketo, 'change', { type: 'RUN', campaignId: 3001, leadIds: [people[0]?.id] });
  await run();
  await controlCall(marketo, 'webhook', { url: receiver.url, headers: { 'x-secret': 'hush' } });
  const told = await controlCall(marketo, 'webhook', undefined, 'GET');
  await run();
  await receiver.until(() => receiver.bodies.length === 1);
  await controlCall(marketo, 'webhook', undefined, 'DELETE');
  await run();
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(receiver.headers).toMatchObject([{ 'x-secret': 'hush', 'content-type': 'application/json' }]);
  expect(JSON.stringify(told.body)).toContain(receiver.url);
  expect(JSON.stringify(told.body)).not.toContain('hush');
  expect((await controlCall(marketo, 'webhook', { url: 'nowhere' })).status).toBe(400);
});

test('events on their way out are lost, doubled and late as the faults say', async () => {
  const control = createControl();
  await using receiver = await openReceiver(() => ({ body: 'ok' }));
  await using marketo = await openMarketo({ control, webhook: { url: receiver.url } });
  const trigger = (ids: { id: number }[]) =>
    marketo.call('/rest/v1/campaigns/3001/trigger.json', json({ input: { leads: ids } }));
  control.setFaults({ events: { drop: 1 } });
  await trigger(leads.slice(0, 5));
  control.setFaults({ events: { duplicate: 1, delayMs: 100 } });
  const asked = performance.now();
  await trigger(leads.slice(5, 7));
  await receiver.until(() => receiver.bodies.length === 4);
  const waited = performance.now() - asked;

  expect(waited).toBeGreaterThanOrEqual(95);
  expect(receiver.bodies.map(({ lead }) => (lead as { id: number }).id).sort()).toEqual(
    [leads[5], leads[5], leads[6], leads[6]].map((one) => one?.id),
  );
});
