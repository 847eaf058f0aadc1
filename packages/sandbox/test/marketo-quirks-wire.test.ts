import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { json, openMarketo, rows } from './marketo-support.ts';

/** How Marketo's answers look, above all where its own published descriptions say otherwise. */
const [program] = rows('SELECT id FROM mk_program LIMIT 1');

test('people answer without empty errors and warnings, assets with both, and an empty search of assets without a result', async () => {
  await using marketo = await openMarketo();
  const none = await marketo.call('/rest/v1/leads.json?filterType=id&filterValues=1');
  const found = await marketo.call(`/rest/asset/v1/program/${program?.id}.json`);
  const nothing = await marketo.call('/rest/asset/v1/program/byName.json?name=nope');

  expect(none).toEqual({ requestId: expect.any(String), success: true, result: [] });
  expect(found).toMatchObject({ success: true, errors: [], warnings: [] });
  expect(nothing).toEqual({
    requestId: expect.any(String),
    success: true,
    errors: [],
    warnings: ['No assets found for the given search criteria.'],
  });
});

test('assets write the zone of a time twice, and a folder as type, value and name', async () => {
  await using marketo = await openMarketo();
  const [one] = (await marketo.call(`/rest/asset/v1/program/${program?.id}.json`)).result ?? [];
  const [person] =
    (
      await marketo.call(
        `/rest/v1/leads.json?filterType=id&filterValues=${rows('SELECT id FROM mk_lead LIMIT 1')[0]?.id}`,
      )
    ).result ?? [];

  expect(one?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\+0000$/);
  expect(person?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(one?.folder).toEqual({ type: 'Folder', value: 38, folderName: 'Marketing Programs' });
  expect(one?.workspace).toBe('Default');
});

test('a program that is made has a capitalised type and, unless it is an email, an empty status', async () => {
  await using marketo = await openMarketo();
  const body = new URLSearchParams({
    name: 'Wire',
    channel: 'Content',
    type: 'default',
    folder: '{"id":38,"type":"Folder"}',
  });
  expect((await marketo.call('/rest/asset/v1/programs.json', { method: 'POST', body })).result).toMatchObject([
    { type: 'Default', status: '' },
  ]);
});

test('a list of values may repeat its parameter, have commas, or both', async () => {
  await using marketo = await openMarketo();
  const [a, b, c] = rows('SELECT id FROM mk_lead ORDER BY id LIMIT 3').map(({ id }) => id);
  const ask = async (query: string) =>
    (await marketo.call(`/rest/v1/leads.json?filterType=id&${query}`)).result?.map(({ id }) => id);

  expect(await ask(`filterValues=${a},${b},${c}`)).toEqual([a, b, c]);
  expect(await ask(`filterValues=${a}&filterValues=${b}&filterValues=${c}`)).toEqual([a, b, c]);
  expect(await ask(`filterValues=${a}&filterValues=${b},${c}`)).toEqual([a, b, c]);
});

test('a page never holds more than its largest size, whatever is asked', async () => {
  await using marketo = await openMarketo();
  expect((await marketo.call('/rest/v1/lists/1001/leads.json?batchSize=0')).result).toHaveLength(1);
  expect((await marketo.call('/rest/asset/v1/programs.json?maxReturn=5000')).result?.length).toBeLessThanOrEqual(200);
});

test('there is no OpenAPI file to be had, and a date that is none is 704 among assets and 1001 elsewhere', async () => {
  await using marketo = await openMarketo();
  const codeOf = async (path: string) => (await marketo.call(path)).errors?.[0]?.code;

  expect(await codeOf('/rest/asset/v1/openapi.json')).toBe('610');
  expect(await codeOf('/rest/asset/v1/programs.json?earliestUpdatedAt=soon')).toBe('704');
  expect(await codeOf('/rest/v1/activities/pagingtoken.json?sinceDatetime=soon')).toBe('1001');
});

test('identity takes a partner id and thinks nothing of it', async () => {
  await using marketo = await openMarketo();
  const reply = await fetch(
    `${marketo.vendor.url}/identity/oauth/token?${marketo.credentials({ partner_id: 'p1_ab' })}`,
  );
  expect(await reply.json()).toEqual(await marketo.askToken());
});

test('an address over 8 kB is 414, however long it is', async () => {
  await using marketo = await openMarketo();
  for (const bytes of [8200, 40_000]) {
    const reply = await marketo.fetch(`/rest/v1/leads.json?filterType=id&filterValues=${'1'.repeat(bytes)}`);
    expect([reply.status, await reply.text()]).toEqual([414, '']);
  }
});

/** What a client that names its encodings itself is sent, as it comes. */
async function raw(marketo: Awaited<ReturnType<typeof openMarketo>>, path: string, encoding?: string) {
  const { access_token } = await marketo.askToken();
  const headers = { authorization: `Bearer ${access_token}`, ...(encoding && { 'accept-encoding': encoding }) };
  return new Promise<{ encoding: string | undefined; bytes: number }>((resolve, reject) => {
    const call = request(`${marketo.vendor.url}${path}`, { headers }, async (response) => {
      let bytes = 0;
      for await (const chunk of response as AsyncIterable<Buffer>) bytes += chunk.length;
      resolve({ encoding: response.headers['content-encoding'], bytes });
    });
    call.on('error', reject).end();
  });
}

test('answers from a kilobyte on are gzip for those who ask, and bulk calls never', async () => {
  await using marketo = await openMarketo();
  const large = '/rest/v1/leads/describe.json';
  const plain = await raw(marketo, large);
  const zipped = await raw(marketo, large, 'gzip, deflate');

  expect([plain.encoding, zipped.encoding]).toEqual([undefined, 'gzip']);
  expect(zipped.bytes).toBeLessThan(plain.bytes / 2);
  expect((await raw(marketo, '/rest/v1/leads.json?filterType=id&filterValues=1', 'gzip')).encoding).toBeUndefined();
  expect((await raw(marketo, '/bulk/v1/leads/export.json', 'gzip')).encoding).not.toBe('gzip');
  expect((await marketo.call(large)).result?.length).toBeGreaterThan(30);
});

test('the bytes of a bulk file come as they are asked for, through the middle of a letter too', async () => {
  let now = Date.now();
  await using marketo = await openMarketo({ now: () => now });
  const input = ['Zoë', 'Łukasz', '美咲', '🙂'].map((firstName, index) => ({
    email: `u${index}@utf.example`,
    firstName,
  }));
  const people = (await marketo.call('/rest/v1/leads.json', json({ input }))).result ?? [];
  await marketo.call(`/rest/v1/lists/1002/leads.json`, json({ input: people.map(({ id }) => ({ id })) }));
  const path = '/bulk/v1/leads/export';
  const job = await marketo.call(
    `${path}/create.json`,
    json({ fields: ['firstName'], filter: { staticListId: 1002 } }),
  );
  const id = job.result?.[0]?.exportId;
  await marketo.call(`${path}/${id}/enqueue.json`, { method: 'POST' });
  now += 3 * 60_000;
  const [status] = (await marketo.call(`${path}/${id}/status.json`)).result ?? [];
  const size = Number(status?.fileSize);
  const parts: Buffer[] = [];
  for (let from = 0; from < size; from += 5) {
    const part = await marketo.fetch(`${path}/${id}/file.json`, { headers: { range: `bytes=${from}-${from + 4}` } });
    parts.push(Buffer.from(await part.arrayBuffer()));
  }
  const whole = Buffer.concat(parts);

  expect(parts.slice(0, -1).every((part) => part.length === 5)).toBe(true);
  expect(whole.toString()).toBe('firstName\nZoë\nŁukasz\n美咲\n🙂\n');
  expect(status?.fileChecksum).toBe(`sha256:${createHash('sha256').update(whole).digest('hex')}`);
});

test('an instance whose log has been moved knows its activities by GUID alone', async () => {
  for (const guidOnly of [false, true]) {
    await using marketo = await openMarketo({ guidOnly });
    const token = (await marketo.call('/rest/v1/activities/pagingtoken.json?sinceDatetime=2020-01-01')).nextPageToken;
    const log = await marketo.call(`/rest/v1/activities.json?activityTypeIds=104&batchSize=5&nextPageToken=${token}`);
    const changes = await marketo.call(`/rest/v1/activities/leadchanges.json?fields=city&nextPageToken=${token}`);
    for (const line of [...(log.result ?? []), ...(changes.result ?? [])]) {
      expect(line.marketoGUID).toEqual(expect.any(String));
      expect('id' in line).toBe(!guidOnly);
    }
    expect(log.result).toHaveLength(5);
  }
});

test('a query may come as the form body of a GET', async () => {
  await using marketo = await openMarketo();
  const { access_token } = await marketo.askToken();
  const body = 'id=1001';
  const text = await new Promise<string>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${access_token}`,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    };
    const call = request(`${marketo.vendor.url}/rest/v1/lists.json`, { method: 'GET', headers }, async (response) => {
      let read = '';
      for await (const chunk of response as AsyncIterable<Buffer>) read += chunk.toString();
      resolve(read);
    });
    call.on('error', reject).end(body);
  });

  expect(JSON.parse(text)).toMatchObject({ success: true, result: [{ id: 1001 }] });
});
