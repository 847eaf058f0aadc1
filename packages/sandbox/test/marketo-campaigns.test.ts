import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../src/world/programs.ts';
import { channels } from '../src/world/programs.ts';
import { openMarketo, rows } from './marketo-support.ts';

type Marketo = Awaited<ReturnType<typeof openMarketo>>;

const post = (marketo: Marketo, path: string, body: object) =>
  marketo.call(`/rest/v1/${path}.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const submit = (marketo: Marketo, path: string, fields: Record<string, string>) =>
  marketo.call(`/rest/asset/v1/${path}.json`, { method: 'POST', body: new URLSearchParams(fields) });
const people = rows('SELECT id, email FROM mk_lead ORDER BY id LIMIT 3') as { id: number; email: string }[];
const leads = people.map(({ id }) => ({ id }));
const day = 86_400_000;

test.each([
  ['3001', { leads }, undefined],
  ['3002', { leads }, '1003'],
  ['3003', { leads }, '1003'],
  ['3004', { leads }, '1003'],
  ['77', { leads }, '1013'],
  ['3001', { leads: [{ id: 1 }] }, '1004'],
  ['3001', { leads: [] }, '1002'],
  ['3001', { leads: Array.from({ length: 101 }, () => leads[0]) }, '1003'],
  ['3001', { leads, tokens: [{ value: 'x' }] }, '1003'],
])('requesting campaign %s with %.50j gives %s', async (id, input, code) => {
  await using marketo = await openMarketo();
  const answer = await post(marketo, `campaigns/${id}/trigger`, { input });
  expect(answer.errors?.[0]?.code).toBe(code);
  if (!code) expect(answer.result).toEqual([{ id: Number(id) }]);
});

test('a requested campaign calls its webhook once for each person, and notes what came back', async () => {
  const received: { secret: unknown; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    received.push({ secret: request.headers['x-secret'], body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.end('thanks');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await using marketo = await openMarketo({ webhook: { url, headers: { 'x-secret': 's' } } });
  const tokens = [{ name: '{{my.message}}', value: 'Hello' }];
  await post(marketo, 'campaigns/3001/trigger', { input: { leads, tokens } });
  const noted = () =>
    rows("SELECT lead_id, attributes FROM mk_activity WHERE type_id = 110 AND attributes LIKE '%thanks%'");
  for (let tries = 0; noted().length < 3 && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  server.closeAllConnections();
  server.close();

  expect(received).toHaveLength(3);
  expect(received).toContainEqual({
    secret: 's',
    body: {
      campaign: { id: 3001, name: 'Follow up by sales' },
      lead: expect.objectContaining(people[0] as object),
      tokens: { '{{my.message}}': 'Hello' },
    },
  });
  expect(
    noted()
      .map((row) => row.lead_id)
      .sort(),
  ).toEqual(people.map(({ id }) => id));
});

test('a batch campaign runs once, not before five minutes and not after two years', async () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  await using marketo = await openMarketo({ now: () => now });
  const plan = (runAt?: number) =>
    post(marketo, 'campaigns/3002/schedule', { input: { ...(runAt && { runAt: new Date(runAt).toISOString() }) } });
  const planned = () => rows('SELECT run_at FROM mk_campaign WHERE id = 3002')[0]?.run_at;

  expect((await plan()).result).toEqual([{ id: 3002 }]);
  expect(planned()).toBe('2026-11-22T10:05:00Z');
  await plan(now + 60_000);
  expect(planned()).toBe('2026-11-22T10:05:00Z');
  await plan(now + day);
  expect(planned()).toBe('2026-11-23T10:00:00Z');
  expect(await plan(now + 800 * day)).toMatchObject({ errors: [{ code: '1042' }] });
  expect(await post(marketo, 'campaigns/3001/schedule', {})).toMatchObject({ errors: [{ code: '1003' }] });
});

test('scheduling with a new program name copies the program, twenty times a day', async () => {
  await using marketo = await openMarketo();
  const clone = (name: string) => post(marketo, 'campaigns/3002/schedule', { input: { cloneToProgramName: name } });
  const first = await clone('Copy 0');
  const id = first.result?.[0]?.id;
  const campaign = await marketo.call(`/rest/v1/campaigns/${id}.json`);

  expect(campaign.result).toMatchObject([{ name: 'Monthly newsletter', programName: 'Copy 0', type: 'batch' }]);
  for (let copy = 1; copy < 20; copy += 1) expect(await clone(`Copy ${copy}`)).toMatchObject({ success: true });
  expect(await clone('Copy 20')).toMatchObject({ errors: [{ code: '1020' }] });
  expect(await clone('Copy 0')).toMatchObject({ success: false });
});

test('a membership is created, moves forward, and never back', async () => {
  await using marketo = await openMarketo();
  const [program] = rows('SELECT id, channel FROM mk_program LIMIT 1');
  const { steps, success } = channels[String(program?.channel) as Channel];
  const { result } = await post(marketo, 'leads', { input: [{ email: 'member@status.example' }] });
  const leadId = Number(result?.[0]?.id);
  const move = async (statusName: unknown, id = leadId) =>
    (await post(marketo, `programs/${program?.id}/members/status`, { statusName, input: [{ leadId: id }] }))
      .result?.[0];

  expect(await move(steps[0])).toEqual({ seq: 0, leadId, status: 'created' });
  expect(await move(steps[0])).toMatchObject({ status: 'skipped', reasons: [{ code: '1037' }] });
  expect(await move(success)).toEqual({ seq: 0, leadId, status: 'updated' });
  expect(await move(steps[1])).toMatchObject({ reasons: [{ code: '1037' }] });
  expect(await move(success, 1)).toMatchObject({ reasons: [{ code: '1004' }] });
  expect(
    await post(marketo, `programs/${program?.id}/members/status`, { statusName: 'x', input: [{ leadId }] }),
  ).toMatchObject({
    errors: [{ code: '1025' }],
  });
  const read = await marketo.call(
    `/rest/v1/programs/${program?.id}/members.json?filterType=leadId&filterValues=${leadId}&fields=statusName,reachedSuccess`,
  );
  expect(read.result).toMatchObject([{ leadId, statusName: success, reachedSuccess: true }]);
  const log = rows('SELECT attributes FROM mk_activity WHERE type_id = 104 AND lead_id = ? ORDER BY id', leadId);
  expect(log.map((row) => JSON.parse(String(row.attributes)))).toMatchObject([
    { 'Old Status': 'Not in Program', 'New Status': steps[0], Success: false },
    { 'Old Status': steps[0], 'New Status': success, Success: true },
  ]);
});

test('a program is made, changed, copied and deleted by forms', async () => {
  await using marketo = await openMarketo();
  const folder = JSON.stringify({ id: 38, type: 'Folder' });
  const costs = JSON.stringify([{ startDate: '2026-12-01', cost: 500, note: 'media' }]);
  const tags = JSON.stringify([{ tagType: 'Region', tagValue: 'EMEA' }]);
  const form = { name: 'Made by form', folder, type: 'Event', channel: 'Webinar', costs, tags };
  const made = await submit(marketo, 'programs', form);
  const id = made.result?.[0]?.id;

  expect(made.result).toMatchObject([
    {
      name: 'Made by form',
      channel: 'Webinar',
      costs: [{ startDate: '2026-12-01', cost: 500, note: 'media' }],
      tags: [{ tagType: 'Region', tagValue: 'EMEA' }],
      folder: { type: 'Folder', value: 38 },
    },
  ]);
  expect(await submit(marketo, 'programs', form)).toMatchObject({ errors: [{ code: '709' }], warnings: [] });
  expect(await submit(marketo, 'programs', { ...form, name: '' })).toMatchObject({ errors: [{ code: '701' }] });
  expect(await submit(marketo, 'programs', { ...form, name: 'x', channel: 'Pigeon' })).toMatchObject({
    errors: [{ code: '709' }],
  });
  const elsewhere = JSON.stringify({ id: 9, type: 'Folder' });
  expect(await submit(marketo, 'programs', { ...form, name: 'x', folder: elsewhere })).toMatchObject({
    errors: [{ code: '710' }],
  });
  const changed = await submit(marketo, `program/${id}`, { description: 'New', costsDestructiveUpdate: 'true' });
  expect(changed.result).toMatchObject([{ description: 'New', costs: [] }]);
  const copied = await submit(marketo, `program/${id}/clone`, { name: 'Copied by form', folder });
  expect(copied.result).toMatchObject([{ name: 'Copied by form', tags: [{ tagValue: 'EMEA' }] }]);
  expect((await submit(marketo, `program/${id}/delete`, {})).result).toEqual([{ id }]);
  expect(await marketo.call(`/rest/asset/v1/program/${id}.json`)).not.toHaveProperty('result');
});

test('programs are found by tag, and tags and channels by name', async () => {
  await using marketo = await openMarketo();
  const tagged = await marketo.call('/rest/asset/v1/program/byTag.json?tagType=Region&tagValue=APAC&maxReturn=200');
  const expected = rows("SELECT program_id FROM mk_program_tag WHERE type = 'Region' AND value = 'APAC' ORDER BY 1");

  expect(tagged.result?.map((program) => program.id)).toEqual(expected.map((row) => row.program_id));
  expect((await marketo.call('/rest/asset/v1/tagType/byName.json?name=Region')).result).toMatchObject([
    { tagType: 'Region', allowableValues: '[AMER, EMEA, APAC]' },
  ]);
  expect(await marketo.call('/rest/asset/v1/channel/byName.json?Name=Pigeon')).toMatchObject({
    success: true,
    warnings: ['No assets found for the given search criteria.'],
  });
});
