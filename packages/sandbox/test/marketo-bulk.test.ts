import { createHash } from 'node:crypto';
import type { MarketoOptions } from '../src/marketo/server.ts';
import { openMarketo, rows } from './marketo-support.ts';

const minute = 60_000;
const range = { createdAt: { startAt: '2026-10-20T00:00:00Z', endAt: '2026-11-20T00:00:00Z' } };

/** A sandbox whose clock can be moved, and the calls of one kind of export. */
async function openBulk(kind = 'leads', options: Partial<MarketoOptions> = {}) {
  let ahead = 0;
  const marketo = await openMarketo({ now: () => Date.now() + ahead, ...options });
  const token = (await marketo.askToken()).access_token;
  const path = `/bulk/v1/${kind}/export`;
  const create = (body: object) =>
    marketo.call(`${path}/create.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const act = (id: unknown, what: string, method = 'POST') => marketo.call(`${path}/${id}/${what}.json`, { method });
  return {
    marketo,
    create,
    act,
    status: async (id: unknown) => (await act(id, 'status', 'GET')).result?.[0],
    file: (id: unknown, headers: Record<string, string> = {}) =>
      fetch(`${marketo.vendor.url}${path}/${id}/file.json`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
      }),
    wait: (ms: number) => {
      ahead += ms;
    },
    queue: async (body: object = { fields: ['id'], filter: range }) => {
      const id = (await create(body)).result?.[0]?.exportId;
      return { id, answer: await act(id, 'enqueue') };
    },
    [Symbol.asyncDispose]: () => marketo.vendor.close(),
  };
}

test('a file comes whole or in parts, and matches its checksum', async () => {
  await using bulk = await openBulk();
  const fields = ['id', 'email', 'leadScore', 'unsubscribed'];
  const { id } = await bulk.queue({
    fields,
    filter: { staticListId: 1001 },
    columnHeaderNames: { email: 'Email, address' },
  });
  expect([(await bulk.file(id)).status, (await bulk.file(id)).headers.get('content-type')]).toEqual([
    404,
    expect.stringContaining('text/plain'),
  ]);
  bulk.wait(2 * minute);
  const status = await bulk.status(id);
  const text = await (await bulk.file(id)).text();
  const part = await bulk.file(id, { range: 'bytes=3-9' });
  const end = await bulk.file(id, { range: 'bytes=10-' });
  const members = rows(
    'SELECT l.* FROM mk_list_member i JOIN mk_lead l ON l.id = i.lead_id WHERE list_id = 1001 ORDER BY l.id',
  );

  expect(status).toMatchObject({
    status: 'Completed',
    numberOfRecords: members.length,
    fileSize: Buffer.byteLength(text),
    fileChecksum: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  });
  expect(text.split('\n')[0]).toBe('id,"Email, address",leadScore,unsubscribed');
  expect(text.split('\n')[1]).toBe(
    `${members[0]?.id},${members[0]?.email},${members[0]?.lead_score},${members[0]?.unsubscribed === 1}`,
  );
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    `bytes 3-9/${text.length}`,
    text.slice(3, 10),
  ]);
  expect(await end.text()).toBe(text.slice(10));
  expect((await bulk.file(id, { range: `bytes=${text.length}-` })).status).toBe(416);
});

test('two jobs run at once, the others wait, and a step takes a minute', async () => {
  await using bulk = await openBulk();
  const jobs = [(await bulk.queue()).id, (await bulk.queue()).id, (await bulk.queue()).id];
  const states = async () => Promise.all(jobs.map(async (id) => (await bulk.status(id))?.status));
  const seen = [await states()];
  for (let step = 0; step < 3; step += 1) {
    bulk.wait(minute);
    seen.push(await states());
  }

  expect(seen).toEqual([
    ['Queued', 'Queued', 'Queued'],
    ['Processing', 'Processing', 'Queued'],
    ['Completed', 'Completed', 'Processing'],
    ['Completed', 'Completed', 'Completed'],
  ]);
});

test('the queue holds ten jobs', async () => {
  await using bulk = await openBulk();
  for (let job = 0; job < 10; job += 1) expect((await bulk.queue()).answer.success).toBe(true);
  const eleventh = await bulk.queue();

  expect(eleventh.answer).toMatchObject({ errors: [{ code: '1029', message: expect.stringContaining('queue') }] });
  bulk.wait(2 * minute);
  expect(await bulk.act(eleventh.id, 'enqueue')).toMatchObject({ result: [{ status: 'Queued' }] });
});

test('the day has an allowance of bytes', async () => {
  await using bulk = await openBulk('leads', { exports: { bytesPerDay: 10 } });
  await bulk.queue();
  bulk.wait(2 * minute);
  expect(await bulk.create({ fields: ['id'], filter: range })).toMatchObject({ errors: [{ code: '1029' }] });
});

test('a cancelled job stays so, a started one cannot be started again, and another kind cannot see it', async () => {
  await using bulk = await openBulk();
  const { id } = await bulk.queue();
  expect(await bulk.act(id, 'enqueue')).toMatchObject({ errors: [{ code: '1003' }] });
  expect((await bulk.act(id, 'cancel')).result).toMatchObject([{ status: 'Cancelled' }]);
  bulk.wait(5 * minute);
  expect(await bulk.status(id)).toMatchObject({ status: 'Cancelled' });
  expect(await bulk.marketo.call(`/bulk/v1/activities/export/${id}/status.json`)).toMatchObject({
    errors: [{ code: '1013' }],
  });
  expect((await bulk.marketo.call('/bulk/v1/leads/export.json?status=Canceled')).result).toHaveLength(1);
  expect((await bulk.marketo.call('/bulk/v1/leads/export.json?status=Completed,Failed')).result).toEqual([]);
});

test.each([
  ['leads', { fields: ['id'] }, '1002'],
  ['leads', { fields: [], filter: range }, '1002'],
  ['leads', { fields: ['shoeSize'], filter: range }, '1006'],
  ['leads', { fields: ['id'], filter: {} }, '1003'],
  ['leads', { fields: ['id'], filter: { ...range, staticListId: 1001 } }, '1003'],
  ['leads', { fields: ['id'], filter: { updatedAt: range.createdAt } }, '1035'],
  ['leads', { fields: ['id'], filter: { smartListId: 1 } }, '1035'],
  ['leads', { fields: ['id'], filter: { createdAt: { startAt: '2026-01-01', endAt: '2026-02-02' } } }, '1003'],
  ['leads', { fields: ['id'], filter: { staticListId: 77 } }, '1013'],
  ['leads', { fields: ['id'], filter: range, format: 'XLS' }, '1003'],
  ['activities', { filter: { activityTypeIds: [12] } }, '1002'],
  ['program/members', { fields: ['leadId'], filter: {} }, '1002'],
  ['program/members', { fields: ['leadId'], filter: { programId: 77 } }, '1013'],
])('an export of %s with %.60j is refused with %s', async (kind, body, code) => {
  await using bulk = await openBulk(kind);
  expect(await bulk.create(body)).toMatchObject({ success: false, errors: [{ code }] });
});

test('activities and members are exported as they are', async () => {
  await using members = await openBulk('program/members');
  const [program] = rows(
    'SELECT program_id id, count(*) n FROM mk_member WHERE reached_success = 1 GROUP BY 1 ORDER BY 2 DESC LIMIT 1',
  );
  const job = await members.queue({
    fields: ['leadId', 'statusName', 'reachedSuccess', 'email'],
    filter: { programId: program?.id },
    format: 'TSV',
  });
  await using activities = await openBulk('activities');
  const log = await activities.queue({
    filter: { ...range, activityTypeIds: [104], primaryAttributeValueIds: [program?.id] },
  });
  for (const bulk of [members, activities]) bulk.wait(2 * minute);
  const lines = (await (await members.file(job.id)).text()).trim().split('\n');
  const [all] = rows('SELECT count(*) n FROM mk_member WHERE program_id = ?', Number(program?.id));
  const [logged] = rows(
    'SELECT count(*) n FROM mk_activity WHERE type_id = 104 AND primary_id = ? AND at >= ? AND at <= ?',
    Number(program?.id),
    range.createdAt.startAt,
    range.createdAt.endAt,
  );

  expect(lines[0]).toBe('leadId\tstatusName\treachedSuccess\temail');
  expect(lines.filter((line) => line.split('\t')[2] === 'true')).toHaveLength(Number(program?.n));
  expect(lines).toHaveLength(Number(all?.n) + 1);
  expect(await activities.status(log.id)).toMatchObject({ numberOfRecords: logged?.n });
});

test('dot segments and double slashes lead to the same place', async () => {
  await using bulk = await openBulk();
  const { url } = bulk.marketo.vendor;
  const { access_token } = await bulk.marketo.askToken();
  const { connect } = await import('node:net');
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(
    `GET /rest/../bulk//v1/leads/export.json HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${access_token}\r\nConnection: close\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);

  expect(Buffer.concat(chunks).toString()).toContain('"result":[]');
});
