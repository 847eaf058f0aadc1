import { openReceiver } from './marketo-receiver.ts';
import { control, json, openMarketo, rows } from './marketo-support.ts';

const [lead] = rows('SELECT id FROM mk_lead WHERE lead_score > 0 LIMIT 1');
const leadId = Number(lead?.id);
const change = (marketo: Awaited<ReturnType<typeof openMarketo>>, body: object) => control(marketo, 'change', body);

test('a campaign that waits for a form calls its webhook, and the answer is mapped to fields', async () => {
  await using receiver = await openReceiver(() => ({ body: '{"person":{"city":"Bruges","shoe":44},"score":77}' }));
  const responseMappings = { 'person.city': 'city', 'person.shoe': 'shoeSize', score: 'leadScore' };
  await using marketo = await openMarketo({ webhook: { url: receiver.url, responseMappings } });
  await change(marketo, { type: 'ACTIVITY', leadId, activityTypeId: 2, primaryAttributeValue: 'Contact us' });
  await change(marketo, { type: 'ACTIVITY', leadId, activityTypeId: 1 });
  const city = () => rows('SELECT city, lead_score score FROM mk_lead WHERE id = ?', leadId)[0];
  await receiver.until(() => city()?.score === 77);

  expect(receiver.bodies).toMatchObject([
    {
      campaign: { id: 3004, name: 'Score a form' },
      lead: { id: leadId },
      trigger: { activityTypeId: 2, primaryAttributeValue: 'Contact us' },
    },
  ]);
  expect(city()?.city).toBe('Bruges');
});

test('the step sends the template that somebody wrote, by POST or in the address alone', async () => {
  await using receiver = await openReceiver(() => ({ body: 'ok' }));
  await using marketo = await openMarketo();
  const set = (target: object) => control(marketo, 'webhook', target);
  const run = () => change(marketo, { type: 'RUN', campaignId: 3001, leadIds: [leadId] });
  await change(marketo, { type: 'UPDATE', object: 'lead', id: leadId, fields: { title: 'Head of "Pricing" & more' } });
  await set({
    url: receiver.url,
    template: '{"job":"{{lead.Job Title}}","from":"{{campaign.name}}","x":"{{my.gone}}"}',
  });
  await run();
  await receiver.until(() => receiver.calls.length === 1);
  await set({ url: `${receiver.url}?job={{lead.title}}&id={{lead.id}}`, method: 'GET' });
  await run();
  await receiver.until(() => receiver.calls.length === 2);

  expect(receiver.bodies).toEqual([{ job: 'Head of "Pricing" & more', from: 'Follow up by sales', x: '' }]);
  expect(receiver.calls[1]).toEqual({
    method: 'GET',
    url: `/hook?job=Head%20of%20%22Pricing%22%20%26%20more&id=${leadId}`,
    text: '',
  });
});

test('who listens to other events, hears of those, whoever caused them', async () => {
  await using receiver = await openReceiver(() => ({ body: 'ok' }));
  await using marketo = await openMarketo({ webhook: { url: receiver.url, events: [22] } });
  await change(marketo, { type: 'ACTIVITY', leadId, activityTypeId: 2 });
  await marketo.call('/rest/v1/leads.json', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lookupField: 'id', input: [{ id: leadId, leadScore: 999 }] }),
  });
  await receiver.until(() => receiver.bodies.length === 1);

  expect(receiver.bodies).toMatchObject([{ trigger: { activityTypeId: 22, attributes: { 'New Value': 999 } } }]);
});

test('the webhook step notes 1001 for an empty answer, the status of a failure, and 1000 in a batch, which calls nobody', async () => {
  const answers = [{ body: '' }, { status: 503, body: 'busy' }];
  await using receiver = await openReceiver(() => answers[receiver.bodies.length - 1] ?? { body: '' });
  await using marketo = await openMarketo({ webhook: { url: receiver.url } });
  const [before] = rows('SELECT max(id) id FROM mk_activity');
  const noted = () =>
    rows('SELECT attributes FROM mk_activity WHERE type_id = 110 AND id > ? ORDER BY id', Number(before?.id)).map(
      (row) => (JSON.parse(String(row.attributes)) as Record<string, unknown>)['Error Type'],
    );
  for (const count of [1, 2]) {
    await change(marketo, { type: 'RUN', campaignId: 3001, leadIds: [leadId] });
    await receiver.until(() => noted().length === count);
  }
  await change(marketo, { type: 'RUN', campaignId: 3002, leadIds: [leadId] });

  expect(noted()).toEqual([1001, 503, 1000]);
  expect(receiver.bodies).toHaveLength(2);
});

test('a campaign that is switched on hears of new people whom the API creates, and when it is switched off no more', async () => {
  await using receiver = await openReceiver(() => ({ body: 'ok' }));
  await using marketo = await openMarketo({ webhook: { url: receiver.url } });
  const turn = (how: string) => marketo.call(`/rest/asset/v1/smartCampaign/3003/${how}.json`, { method: 'POST' });
  const create = (email: string) => marketo.call('/rest/v1/leads.json', json({ input: [{ email }] }));
  await create('before@welcome.example');
  await turn('activate');
  const made = await create('new@welcome.example');
  await turn('deactivate');
  await create('after@welcome.example');
  await receiver.until(() => receiver.bodies.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(receiver.bodies).toMatchObject([
    {
      campaign: { id: 3003, name: 'Welcome a new person' },
      lead: { id: made.result?.[0]?.id, email: 'new@welcome.example' },
      trigger: { activityTypeId: 12 },
    },
  ]);
  expect(receiver.bodies).toHaveLength(1);
});
