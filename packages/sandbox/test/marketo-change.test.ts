import { openMarketo, rows } from './marketo-support.ts';

type Marketo = Awaited<ReturnType<typeof openMarketo>>;
type Line = { typeId: number; leadId: number; attributes: Record<string, unknown>; primary: unknown };

const [lead] = rows('SELECT id, lead_score score FROM mk_lead WHERE lead_score > 0 AND unsubscribed = 0 LIMIT 1');
const leadId = Number(lead?.id);

async function change(marketo: Marketo, body: object) {
  const reply = await fetch(`${marketo.vendor.url}/_control/change`, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await reply.json()) as { error?: string; activities?: { id: number }[] };
  const lines = (answer.activities ?? []).map(({ id }): Line => {
    const [row] = rows('SELECT * FROM mk_activity WHERE id = ?', id);
    const attributes = JSON.parse(String(row?.attributes)) as Record<string, unknown>;
    return { typeId: Number(row?.type_id), leadId: Number(row?.lead_id), primary: row?.primary_value, attributes };
  });
  return { status: reply.status, error: answer.error, lines, types: lines.map(({ typeId }) => typeId) };
}

test('a person whom somebody creates, changes and deletes leaves what Marketo would log, by name of that user', async () => {
  await using marketo = await openMarketo();
  const email = 'typed@in.example';
  const created = await change(marketo, { type: 'CREATE', object: 'lead', fields: { email, lastName: 'Typed' } });
  const id = created.lines[0]?.leadId ?? 0;
  const changed = await change(marketo, {
    type: 'UPDATE',
    object: 'lead',
    id,
    fields: { leadScore: 12, title: 'CFO' },
  });
  const deleted = await change(marketo, { type: 'DELETE', object: 'lead', id });

  expect(created.types).toEqual([12]);
  expect(created.lines[0]?.attributes).toEqual({
    'Source Type': 'Marketo user',
    'Modifying User': 'marketer@example.com',
  });
  expect(changed.types.sort()).toEqual([13, 13, 22]);
  expect(changed.lines.find(({ typeId }) => typeId === 22)?.attributes).toMatchObject({
    'Change Value': '+12',
    'New Value': 12,
    Reason: 'Changed by marketer@example.com',
  });
  expect(deleted.types).toEqual([37]);
  expect((await marketo.call(`/rest/v1/lead/${id}.json`)).errors?.[0]?.code).toBe('1004');
});

test('a deal that the CRM changes is logged for its people, even where the API may not write it', async () => {
  await using marketo = await openMarketo({ nativeCrm: true });
  const [role] = rows('SELECT external_opportunity_id id, lead_id lead FROM mk_role LIMIT 1');
  const won = await change(marketo, {
    type: 'UPDATE',
    object: 'opportunity',
    id: role?.id,
    fields: { stage: 'Closed Won', isClosed: true, isWon: true, amount: 1604.47 },
  });
  const read = await marketo.call(
    `/rest/v1/opportunities.json?filterType=externalOpportunityId&filterValues=${role?.id}&fields=stage,amount,isWon`,
  );

  expect(new Set(won.types)).toEqual(new Set([36]));
  expect(won.lines.map((line) => line.leadId)).toContain(role?.lead);
  expect(read.result).toMatchObject([{ stage: 'Closed Won', amount: '1604.47', isWon: true }]);
});

test('a person whom the CRM gives a role in a deal, and takes it away', async () => {
  await using marketo = await openMarketo();
  const [deal] = rows('SELECT external_id id FROM mk_opportunity LIMIT 1');
  const role = { object: 'role', fields: { externalOpportunityId: deal?.id, leadId, role: 'Champion' } };
  const given = await change(marketo, { type: 'CREATE', ...role });
  const taken = await change(marketo, { type: 'DELETE', ...role });

  expect([given.types, taken.types]).toEqual([[34], [35]]);
  expect(given.lines[0]).toMatchObject({ leadId, primary: deal?.id, attributes: { Role: 'Champion' } });
});

test('a member moves on, may leave, and is never moved back', async () => {
  await using marketo = await openMarketo();
  const [program] = rows("SELECT id FROM mk_program WHERE channel = 'Webinar' LIMIT 1");
  const programId = Number(program?.id);
  const person = (await change(marketo, { type: 'CREATE', object: 'lead', fields: { email: 'm@m.example' } })).lines[0];
  const member = { type: 'MEMBER', programId, leadId: person?.leadId };
  const joined = await change(marketo, { ...member, status: 'Attended' });
  const back = await change(marketo, { ...member, status: 'Invited' });
  const left = await change(marketo, {
    type: 'DELETE',
    object: 'member',
    fields: { programId, leadId: person?.leadId },
  });

  expect(joined.lines).toMatchObject([
    { typeId: 104, attributes: { 'Old Status': 'Not in Program', 'New Status': 'Attended', Success: true } },
  ]);
  expect([back.status, back.error]).toEqual([400, expect.stringContaining('1037')]);
  expect(left.lines).toMatchObject([{ typeId: 104, attributes: { 'New Status': 'Not in Program' } }]);
});

test('a program is planned, paid for and taken away again', async () => {
  await using marketo = await openMarketo();
  const fields = { name: 'Planned', channel: 'Content', type: 'Default', folder: { id: 38, type: 'Folder' } };
  expect(await change(marketo, { type: 'CREATE', object: 'program', fields })).toMatchObject({
    status: 200,
    lines: [],
  });
  const find = async () =>
    (await marketo.call('/rest/asset/v1/program/byName.json?name=Planned&includeCosts=true')).result;
  const [made] = (await find()) ?? [];
  const costs = [{ startDate: '2026-11-01', cost: 1200, note: 'print' }];
  await change(marketo, { type: 'UPDATE', object: 'program', id: made?.id, fields: { costs } });
  const [paid] = (await find()) ?? [];
  await change(marketo, { type: 'DELETE', object: 'program', id: made?.id });

  expect([paid?.costs, await find()]).toEqual([costs, undefined]);
});

test('what people do is logged, with what follows from it', async () => {
  await using marketo = await openMarketo();
  const act = (activityTypeId: number, more: object = {}) =>
    change(marketo, { type: 'ACTIVITY', leadId, activityTypeId, ...more });
  const visit = await act(1, {
    primaryAttributeValueId: 9,
    primaryAttributeValue: '/prices',
    attributes: { 'User Agent': 'x' },
  });
  const opened = await act(10);
  const filled = await act(2, { primaryAttributeValue: 'Contact us', fields: { city: 'Ghent' } });
  const unsubscribed = await act(9);
  await act(46, { primaryAttributeValue: 'Milestone', attributes: { Description: 'Asked for a demo' } });
  const token = (await marketo.call('/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-01T00:00:00Z'))
    .nextPageToken;
  const log = await marketo.call(`/rest/v1/activities.json?activityTypeIds=1&leadIds=${leadId}&nextPageToken=${token}`);

  expect(visit.lines[0]).toMatchObject({ typeId: 1, primary: '/prices', attributes: { 'User Agent': 'x' } });
  expect(log.result?.at(-1)).toMatchObject({ primaryAttributeValueId: 9, primaryAttributeValue: '/prices' });
  expect(opened.lines[0]?.primary).toBe(rows('SELECT name FROM mk_email ORDER BY id DESC LIMIT 1')[0]?.name);
  expect(filled.types).toEqual([2, 13]);
  expect(unsubscribed.types).toEqual([9, 13]);
  const fields = 'city,unsubscribed,lastInterestingMomentDesc';
  expect((await marketo.call(`/rest/v1/lead/${leadId}.json?fields=${fields}`)).result).toEqual([
    { id: leadId, city: 'Ghent', unsubscribed: true, lastInterestingMomentDesc: 'Asked for a demo' },
  ]);
});

test.each([
  [{ type: 'UPDATE', object: 'lead', fields: {} }, '1002'],
  [{ type: 'UPDATE', object: 'lead', id: 1, fields: { city: 'x' } }, '1004'],
  [{ type: 'UPDATE', object: 'lead', id: leadId, fields: { shoeSize: 1 } }, '1006'],
  [{ type: 'UPDATE', object: 'opportunity', id: 'none', fields: { name: 'x' } }, '1013'],
  [{ type: 'DELETE', object: 'program', id: 77 }, '702'],
  [{ type: 'ACTIVITY', leadId, activityTypeId: 99 }, '1013'],
  [{ type: 'RUN', campaignId: 77, leadIds: [leadId] }, '1013'],
  [{ type: 'MEMBER', programId: 77, leadId, status: 'x' }, '1013'],
  [{ type: 'SING' }, 'Invalid discriminator'],
])('the change %j is refused with %s', async (body, error) => {
  await using marketo = await openMarketo();
  expect(await change(marketo, body)).toMatchObject({ status: 400, error: expect.stringContaining(error) });
});
