import { marketoCredentials } from '../../src/marketo/credentials.ts';
import { createControl } from '../../src/vendor/control.ts';
import { rows } from '../marketo-support.ts';
import { connect, people, person } from './marketo-node-marketo-rest-support.ts';

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
