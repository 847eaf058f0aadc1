import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import { marketoCredentials } from '../../src/marketo/credentials.ts';
import type { MarketoOptions } from '../../src/marketo/server.ts';
import { createControl } from '../../src/vendor/control.ts';
import type { MarketoBody } from '../marketo-support.ts';
import { openMarketo, rows } from '../marketo-support.ts';

// An unmodified client by others (MadKudu, Apache-2.0). Not tried: its emails and landing pages, which the sandbox does not model.
// It logs every call unless told otherwise before it is loaded.
process.env.NODE_MARKETO_LOG_LEVEL = 'fatal';
const Client = createRequire(import.meta.url)('node-marketo-rest') as new (options: object) => Client;

type Ask = (...values: unknown[]) => Promise<MarketoBody & { nextPage?: () => Promise<MarketoBody> }>;
interface Client {
  getOAuthToken(): Promise<{ access_token: string; expires_in: number }>;
  lead: Record<
    | 'byId'
    | 'find'
    | 'createOrUpdate'
    | 'push'
    | 'associateLead'
    | 'describe'
    | 'partitions'
    | 'mergeLead'
    | 'getPageToken'
    | 'getActivities'
    | 'getActivitiesForList'
    | 'getChanges',
    Ask
  >;
  list: Record<
    'find' | 'byId' | 'addLeadsToList' | 'removeLeadsFromList' | 'addEmailsToList' | 'getLeads' | 'isMember',
    Ask
  >;
  smartList: Record<'find' | 'byId', Ask>;
  activities: Record<'getActivityTypes', Ask>;
  campaign: Record<'request' | 'getCampaigns' | 'getSmartCampaigns', Ask>;
  stats: Record<'usage' | 'usageLast7Days' | 'errors' | 'errorsLast7Days', Ask>;
  bulkLeadExtract: Record<'create' | 'enqueue' | 'status' | 'cancel' | 'get', Ask> & {
    file(id: unknown): Promise<string>;
  };
  bulkActivityExtract: Client['bulkLeadExtract'];
  streamify(object: string, method: string, args: unknown[]): AsyncIterable<{ id: number }>;
}

const minute = 60_000;
const people = rows('SELECT * FROM mk_lead WHERE email IS NOT NULL ORDER BY id');
const person = (index: number) => people[index] as { id: number; email: string; first_name: string };

/** A sandbox with Marketo's own limits and intervals, and a client of it. Its clock can be moved. */
async function connect(options: Partial<MarketoOptions> = {}, credentials = {}) {
  let ahead = 0;
  const marketo = await openMarketo({ now: () => Date.now() + ahead, ...options });
  const { url } = marketo.vendor;
  const { clientId, clientSecret } = marketoCredentials;
  const client = new Client({
    endpoint: `${url}/rest`,
    identity: `${url}/identity`,
    clientId,
    clientSecret,
    retry: { maxRetries: 3, initialDelay: 5, maxDelay: 30 },
    ...credentials,
  });
  return {
    client,
    marketo,
    wait: (ms: number) => {
      ahead += ms;
    },
    [Symbol.asyncDispose]: () => marketo.vendor.close(),
  };
}

describe('token', () => {
  test('is handed out', async () => {
    await using on = await connect();
    expect(await on.client.getOAuthToken()).toMatchObject({ token_type: 'bearer', scope: marketoCredentials.apiUser });
  });

  test('is refused to a stranger with the words of the identity service', async () => {
    await using on = await connect({}, { clientId: 'nobody' });
    await expect(on.client.lead.byId(1)).rejects.toThrow(
      'Authentication (unauthorized): No client with requested id: nobody',
    );
  });

  test('is renewed when it has expired', async () => {
    const control = createControl();
    await using on = await connect({ control });
    await on.client.lead.describe();
    control.setFaults({ expireTokens: true });
    expect(await on.client.lead.describe()).toMatchObject({ success: true });
  });
});

describe('leads', () => {
  test('byId answers the standard fields', async () => {
    await using on = await connect();
    const { result } = await on.client.lead.byId(person(0).id);
    expect(result).toEqual([expect.objectContaining({ id: person(0).id, email: person(0).email })]);
  });

  test('byId with fields answers these and the id', async () => {
    await using on = await connect();
    const { result } = await on.client.lead.byId(person(0).id, { fields: ['email'] });
    expect(result).toEqual([{ id: person(0).id, email: person(0).email }]);
  });

  test('byId of nobody is an error with code 1004', async () => {
    await using on = await connect();
    await expect(on.client.lead.byId(1)).rejects.toMatchObject({ name: 'HttpError', errors: [{ code: '1004' }] });
  });

  test('find takes several values', async () => {
    await using on = await connect();
    const { result } = await on.client.lead.find('id', [person(0).id, person(1).id], {
      fields: ['email', 'firstName'],
    });
    expect(result).toEqual(
      [0, 1].map((index) => ({
        id: person(index).id,
        email: person(index).email,
        firstName: person(index).first_name,
      })),
    );
  });

  test('find by a field that is not searchable is an error with code 1011', async () => {
    await using on = await connect();
    await expect(on.client.lead.find('createdAt', ['2026-01-01'])).rejects.toMatchObject({
      errors: [{ code: '1011', message: "Lookup field 'createdAt' not supported" }],
    });
  });

  test('find gives the next page', async () => {
    await using on = await connect();
    const ids = [0, 1, 2].map((index) => person(index).id);
    const first = await on.client.lead.find('id', ids, { batchSize: 2 });
    const second = await first.nextPage?.();
    expect([...(first.result ?? []), ...(second?.result ?? [])].map((lead) => lead.id)).toEqual(ids);
    expect(second).not.toHaveProperty('nextPageToken');
  });

  test('a stream reads every page', async () => {
    await using on = await connect();
    const ids = people.slice(0, 7).map((lead) => lead.id);
    const found = [];
    for await (const lead of on.client.streamify('lead', 'find', ['id', ids, { batchSize: 3 }])) found.push(lead.id);
    expect(found).toEqual(ids);
  });

  test('createOrUpdate creates, then updates, and skips what it cannot write', async () => {
    await using on = await connect();
    const write = (record: object) => on.client.lead.createOrUpdate([record], { lookupField: 'email' });
    const created = await write({ email: 'nmr@example.com', firstName: 'Nora' });
    expect(created.result).toEqual([{ id: expect.any(Number), status: 'created' }]);
    expect((await write({ email: 'NMR@example.com', firstName: 'Nina' })).result).toEqual([
      { id: created.result?.[0]?.id, status: 'updated' },
    ]);
    expect((await write({ email: 'x@example.com', shoeSize: 44 })).result).toEqual([
      { status: 'skipped', reasons: [{ code: '1006', message: "Field 'shoeSize' not found" }] },
    ]);
  });

  test('push makes people members of a program', async () => {
    await using on = await connect();
    const [program] = rows('SELECT id, name FROM mk_program LIMIT 1');
    const pushed = await on.client.lead.push([{ email: 'pushed@example.com' }], { programName: program?.name });
    expect(pushed.result).toEqual([{ id: expect.any(Number), status: 'created' }]);
    const sql = 'SELECT count(*) n FROM mk_member WHERE program_id = ? AND lead_id = ?';
    expect(rows(sql, Number(program?.id), Number(pushed.result?.[0]?.id))).toEqual([{ n: 1 }]);
  });

  test('associateLead takes a cookie', async () => {
    await using on = await connect();
    const cookie = 'id:123-ABC-456&token:_mch-example.com-1594662481190-60776';
    expect(await on.client.lead.associateLead(person(0).id, cookie)).toMatchObject({ success: true });
    const { result } = await on.client.lead.find('cookies', [
      'id:123-ABC-456&token:_mch-example.com-1594662481190-60776',
    ]);
    expect(result).toEqual([expect.objectContaining({ id: person(0).id })]);
  });

  test('mergeLead leaves the winner', async () => {
    await using on = await connect();
    const { result = [] } = await on.client.lead.createOrUpdate([
      { email: 'winner@example.com' },
      { email: 'loser@example.com', title: 'Buyer' },
    ]);
    const [winner, loser] = result.map((lead) => lead.id);
    expect(await on.client.lead.mergeLead(winner, [loser], {})).toMatchObject({ success: true });
    expect((await on.client.lead.find('id', [winner, loser], { fields: ['title'] })).result).toEqual([
      { id: winner, title: 'Buyer' },
    ]);
  });

  test.each(['describe', 'partitions'] as const)('%s answers', async (method) => {
    await using on = await connect();
    expect((await on.client.lead[method]()).result?.length).toBeGreaterThan(0);
  });
});

describe('activities', () => {
  test('types are listed', async () => {
    await using on = await connect();
    const { result = [] } = await on.client.activities.getActivityTypes();
    expect(result.map((type) => type.id)).toEqual(expect.arrayContaining([12, 13, 22, 24, 25, 37, 104]));
  });

  test('getActivities reads from a paging token', async () => {
    await using on = await connect();
    const { nextPageToken } = await on.client.lead.getPageToken('2020-01-01T00:00:00Z');
    const page = await on.client.lead.getActivities([person(0).id], [12], nextPageToken);
    expect(page).toMatchObject({ result: [{ leadId: person(0).id, activityTypeId: 12 }], moreResult: false });
  });

  test('getActivitiesForList and getChanges see a write', async () => {
    await using on = await connect();
    const [lead] = rows('SELECT lead_id FROM mk_list_member WHERE list_id = 1001 LIMIT 1');
    const { nextPageToken } = await on.client.lead.getPageToken(new Date().toISOString());
    const change = { id: lead?.lead_id, title: `Title ${Date.now()}` };
    await on.client.lead.createOrUpdate([change], { lookupField: 'id', action: 'updateOnly' });
    const listed = await on.client.lead.getActivitiesForList(1001, [13], nextPageToken);
    const changes = await on.client.lead.getChanges(nextPageToken, { fields: ['title'] });
    expect(listed.result).toEqual([expect.objectContaining({ leadId: change.id, primaryAttributeValue: 'title' })]);
    expect(changes.result?.at(-1)?.fields).toEqual([
      expect.objectContaining({ name: 'title', newValue: change.title }),
    ]);
  });
});

describe('lists', () => {
  test('are found by id and by name', async () => {
    await using on = await connect();
    const [byId, byName] = [
      await on.client.list.byId(1001),
      await on.client.list.find({ name: ['Event guests'], workspaceName: ['Default'] }),
    ];
    expect(byId.result).toEqual([expect.objectContaining({ id: 1001, name: 'Event guests' })]);
    expect(byName.result).toEqual(byId.result);
  });

  test('show their people', async () => {
    await using on = await connect();
    const first = await on.client.list.getLeads(1001, { batchSize: 2 });
    expect(first.result).toHaveLength(2);
    expect(first.nextPageToken).toMatch(/^[A-Z2-7]+=*$/);
  });

  test('take people in and let them go', async () => {
    await using on = await connect();
    const { id } = person(0);
    expect((await on.client.list.addLeadsToList(1002, [id])).result).toEqual([{ id, status: 'added' }]);
    expect((await on.client.list.isMember(1002, [id])).result).toEqual([{ id, status: 'memberof' }]);
    expect((await on.client.list.removeLeadsFromList(1002, [id])).result).toEqual([{ id, status: 'removed' }]);
    expect((await on.client.list.isMember(1002, [id])).result).toEqual([{ id, status: 'notmemberof' }]);
  });

  test('say 1015 of somebody who is not in them, and 1013 when there is no such list', async () => {
    await using on = await connect();
    const { result } = await on.client.list.removeLeadsFromList(1002, [person(3).id]);
    expect(result).toEqual([
      { id: person(3).id, status: 'skipped', reasons: [{ code: '1015', message: 'Lead not in list' }] },
    ]);
    await expect(on.client.list.isMember(999, [person(0).id])).rejects.toMatchObject({ errors: [{ code: '1013' }] });
  });

  test('take addresses', async () => {
    await using on = await connect();
    const { result } = await on.client.list.addEmailsToList(['guest@example.com'], 1002);
    expect(result).toEqual([{ id: expect.any(Number), status: 'added' }]);
  });
});

test('smart lists are browsed and found by id', async () => {
  await using on = await connect();
  const { result } = await on.client.smartList.find();
  expect(result?.map((list) => list.id)).toEqual([2001, 2002]);
  expect((await on.client.smartList.byId(2001)).result).toEqual([result?.[0]]);
});

describe('campaigns', () => {
  test('are listed without moreResult', async () => {
    await using on = await connect();
    const answer = await on.client.campaign.getCampaigns();
    expect(answer.result?.map((campaign) => campaign.id)).toEqual([3001, 3002, 3003, 3004]);
    expect(answer).not.toHaveProperty('moreResult');
  });

  test('are listed as smart campaigns, page by offset', async () => {
    await using on = await connect();
    const first = await on.client.campaign.getSmartCampaigns({ maxReturn: 3 });
    const second = await first.nextPage?.();
    expect([...(first.result ?? []), ...(second?.result ?? [])].map((one) => one.id)).toEqual([3001, 3002, 3003, 3004]);
  });

  test('are requested for people', async () => {
    await using on = await connect();
    const tokens = [{ name: '{{my.message}}', value: 'Hello' }];
    expect((await on.client.campaign.request(3001, [{ id: person(0).id }], tokens)).result).toEqual([{ id: 3001 }]);
    await expect(on.client.campaign.request(3002, [{ id: person(0).id }], tokens)).rejects.toMatchObject({
      errors: [{ code: '1003' }],
    });
  });
});

describe('statistics', () => {
  test.each(['usage', 'usageLast7Days', 'errors', 'errorsLast7Days'] as const)('%s answers', async (method) => {
    await using on = await connect();
    await on.client.lead.byId(1).catch(() => null);
    const { result } = await on.client.stats[method]();
    expect(result?.[0]).toMatchObject({ date: expect.any(String), total: 1 });
    expect(result).toHaveLength(method.endsWith('7Days') ? 7 : 1);
  });
});

const lastMonth = { createdAt: { startAt: '2026-10-20T00:00:00Z', endAt: '2026-11-20T00:00:00Z' } };

describe('bulk extract', () => {
  test('of leads goes from created to a file whose checksum is right', async () => {
    await using on = await connect();
    const bulk = on.client.bulkLeadExtract;
    const idOf = ({ result }: MarketoBody) => String(result?.[0]?.exportId);
    const statusOf = ({ result }: MarketoBody) => result?.[0]?.status;
    const created = await bulk.create(['id', 'email', 'title'], { staticListName: 'Event guests' });
    const exportId = idOf(created);
    const seen = [statusOf(created), statusOf(await bulk.enqueue(exportId)), statusOf(await bulk.status(exportId))];
    on.wait(minute);
    seen.push(statusOf(await bulk.status(exportId)));
    on.wait(minute);
    const done = await bulk.status(exportId);
    const file = await bulk.file(exportId);

    expect([...seen, statusOf(done)]).toEqual(['Created', 'Queued', 'Queued', 'Processing', 'Completed']);
    expect(done.result?.[0]).toMatchObject({
      fileSize: Buffer.byteLength(file),
      fileChecksum: `sha256:${createHash('sha256').update(file).digest('hex')}`,
    });
    expect(file.split('\n')[0]).toBe('id,email,title');
    expect(file).toContain(',null');
  });

  test('of activities carries attributes as JSON', async () => {
    await using on = await connect();
    const bulk = on.client.bulkActivityExtract;
    const { result } = await bulk.create({ ...lastMonth, activityTypeIds: [104] });
    const exportId = result?.[0]?.exportId;
    await bulk.enqueue(exportId);
    on.wait(2 * minute);
    const [header, first] = (await bulk.file(exportId)).split('\n');
    expect(header).toMatch(/^marketoGUID,leadId,activityDate,activityTypeId,.*,attributes$/);
    expect(first).toMatch(/,104,null,\d+,.*,"\{""Old Status"":/);
  });

  test('get does all steps, where a step takes no time', async () => {
    const print = jest.spyOn(console, 'log').mockImplementation(() => {});
    await using on = await connect({ exports: { stepMs: 0 } });
    const { result } = await on.client.bulkLeadExtract.get(['id'], lastMonth);
    print.mockRestore();
    expect(result).toEqual([expect.objectContaining({ status: 'Completed' })]);
  });

  test('is cancelled', async () => {
    await using on = await connect();
    const { result } = await on.client.bulkActivityExtract.create(lastMonth);
    expect((await on.client.bulkActivityExtract.cancel(result?.[0]?.exportId)).result).toEqual([
      expect.objectContaining({ status: 'Cancelled' }),
    ]);
  });

  test('refuses ranges over 31 days, and filters of larger subscriptions', async () => {
    await using on = await connect();
    const long = { createdAt: { startAt: '2026-01-01T00:00:00Z', endAt: '2026-03-01T00:00:00Z' } };
    await expect(on.client.bulkLeadExtract.create(['id'], long)).rejects.toMatchObject({ errors: [{ code: '1003' }] });
    const updated = { updatedAt: lastMonth.createdAt };
    await expect(on.client.bulkLeadExtract.create(['id'], updated)).rejects.toMatchObject({
      errors: [{ code: '1035' }],
    });
  });
});

test('over the rate limit the client waits and is served', async () => {
  await using on = await connect({ limits: { perWindow: 3, windowMs: 40 } });
  for (let call = 0; call < 5; call += 1) expect(await on.client.lead.partitions()).toMatchObject({ success: true });
});
