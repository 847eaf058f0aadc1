import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(30);
});
afterAll(() => org.close());

type Saved = { id: string; success: boolean; errors: unknown[]; created?: boolean };

async function create(type: string, fields: object): Promise<string> {
  const { status, body } = await org.call('POST', `/sobjects/${type}`, fields);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return (body as Saved).id;
}

const read = async (type: string, id: string, fields: string) =>
  (await org.call('GET', `/sobjects/${type}/${id}?fields=${fields}`)).body as Record<string, unknown>;

test('an account is created, read, changed and deleted', async () => {
  const { status, headers, body } = await org.call('POST', '/sobjects/account', {
    name: ' Acme ',
    AnnualRevenue: 1.005,
  });
  const { id } = body as Saved;
  const path = `/sobjects/Account/${id}`;
  const before = await read('Account', id, 'Name,AnnualRevenue,OwnerId,IsDeleted');
  const patched = await org.call('PATCH', path, { Industry: 'Technology', BillingCity: 'Paris', AnnualRevenue: null });
  const after = await read('Account', id, 'Industry,BillingAddress,AnnualRevenue,Owner.Name');
  const deleted = await org.call('DELETE', path);

  expect(status).toBe(201);
  expect(headers.get('location')).toBe(`/services/data/v57.0${path}`);
  expect(body).toEqual({ id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [] });
  expect(before).toMatchObject({
    Name: 'Acme',
    AnnualRevenue: 1.01,
    IsDeleted: false,
    OwnerId: expect.stringMatching(/^005/),
  });
  expect([patched.status, patched.body]).toEqual([204, null]);
  expect(after).toMatchObject({
    Industry: 'Technology',
    AnnualRevenue: null,
    BillingAddress: { city: 'Paris', street: null },
  });
  expect(after.Owner).toHaveProperty('Name');
  expect(deleted.status).toBe(204);
  for (const method of ['GET', 'DELETE', 'PATCH']) {
    expect(await org.call(method, path, method === 'PATCH' ? {} : undefined)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted' }],
    });
  }
});

test.each([
  ['Account', {}, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']],
  [
    'Opportunity',
    { Name: 'a' },
    'REQUIRED_FIELD_MISSING',
    'Required fields are missing: [StageName, CloseDate]',
    ['StageName', 'CloseDate'],
  ],
  ['Account', { Name: 'a', Foo: 1 }, 'INVALID_FIELD', "No such column 'Foo' on sobject of type Account", undefined],
  [
    'Account',
    { Name: 'a'.repeat(256) },
    'STRING_TOO_LONG',
    /^Account Name: data value too large: a+ \(max length=255\)$/,
    ['Name'],
  ],
  [
    'Account',
    { Name: 'a', CreatedDate: '2026-01-01' },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    /^Unable to create\/update fields: CreatedDate\./,
    ['CreatedDate'],
  ],
  [
    'Account',
    { Name: 'a', Id: '001Hs0000000001IAA' },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'cannot specify Id in an insert call',
    ['Id'],
  ],
  [
    'Account',
    { Name: 'a', AnnualRevenue: 'much' },
    'JSON_PARSER_ERROR',
    /^Cannot deserialize instance of double from VALUE_STRING value much/,
    undefined,
  ],
  ['Account', { Name: 'a', ParentId: 'x' }, 'MALFORMED_ID', 'Parent ID: id value of incorrect type: x', ['ParentId']],
  [
    'Contact',
    { LastName: 'a', AccountId: '003Hs0000000001IAA' },
    'FIELD_INTEGRITY_EXCEPTION',
    /^Account ID: id value of incorrect type/,
    ['AccountId'],
  ],
  [
    'Contact',
    { LastName: 'a', AccountId: '001Hs00000zzzzzIAA' },
    'INVALID_CROSS_REFERENCE_KEY',
    'invalid cross reference id',
    [],
  ],
  [
    'Contact',
    { LastName: 'a', Email: 'nobody' },
    'INVALID_EMAIL_ADDRESS',
    'Email: invalid email address: nobody',
    ['Email'],
  ],
  [
    'Task',
    { Status: 'Half done' },
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'Status: bad value for restricted picklist field: Half done',
    ['Status'],
  ],
  [
    'Event',
    { Subject: 'Meeting' },
    'REQUIRED_FIELD_MISSING',
    'Required fields are missing: [StartDateTime]',
    ['StartDateTime'],
  ],
  ['OpportunityHistory', { StageName: 'x' }, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', /OpportunityHistory/, undefined],
])('creating %s %j is refused', async (type, fields, errorCode, message, names) => {
  const { status, body } = await org.call('POST', `/sobjects/${type}`, fields);

  expect(status).toBe(400);
  expect(body).toEqual([
    {
      errorCode,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      ...(names && { fields: names }),
    },
  ]);
});

test('an opportunity follows its stage and keeps its history', async () => {
  const id = await create('Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2026-12-31',
    Amount: 1000,
  });
  const path = `/sobjects/Opportunity/${id}`;
  const fields = 'StageName,Probability,IsClosed,IsWon,ForecastCategory,ExpectedRevenue,FiscalQuarter';
  const first = await read('Opportunity', id, fields);
  await org.call('PATCH', path, { StageName: 'Negotiation/Review', Probability: 80 });
  const second = await read('Opportunity', id, fields);
  await org.call('PATCH', path, { StageName: 'Closed Won' });
  const third = await read('Opportunity', id, fields);
  await org.call('PATCH', path, { NextStep: 'Invoice' });
  const { body } = await org.query(
    `SELECT StageName, Probability FROM OpportunityHistory WHERE OpportunityId = '${id}' ORDER BY Id`,
  );

  expect(first).toMatchObject({
    Probability: 10,
    IsClosed: false,
    ForecastCategory: 'Pipeline',
    ExpectedRevenue: 100,
    FiscalQuarter: 4,
  });
  expect(second).toMatchObject({ Probability: 80, IsClosed: false, ExpectedRevenue: 800 });
  expect(third).toMatchObject({ Probability: 100, IsClosed: true, IsWon: true, ForecastCategory: 'Closed' });
  expect((body as { records: object[] }).records).toMatchObject([
    { Probability: 10 },
    { Probability: 80 },
    { Probability: 100 },
  ]);
});

test('cases, tasks, events and campaign members get what the org works out', async () => {
  const account = await create('Account', { Name: 'Works' });
  const contact = await create('Contact', { LastName: 'Lee', AccountId: account });
  const ticket = await create('Case', { Subject: 'Help', ContactId: contact });
  const opened = await read('Case', ticket, 'CaseNumber,Status,Priority,IsClosed,ClosedDate,AccountId');
  await org.call('PATCH', `/sobjects/Case/${ticket}`, { Status: 'Closed' });
  const task = await create('Task', { Subject: 'Call', WhatId: ticket, Priority: 'High' });
  const event = await create('Event', {
    StartDateTime: '2026-12-01T10:00:00Z',
    EndDateTime: '2026-12-01T10:45:00.000+0000',
    WhoId: contact,
  });
  const campaign = await create('Campaign', { Name: 'Spring' });
  const member = await create('CampaignMember', { CampaignId: campaign, ContactId: contact, Status: 'Responded' });

  expect(opened).toMatchObject({
    CaseNumber: expect.stringMatching(/^0000\d{4}$/),
    Status: 'New',
    Priority: 'Medium',
    IsClosed: false,
    ClosedDate: null,
    AccountId: account,
  });
  expect(await read('Case', ticket, 'IsClosed,ClosedDate')).toMatchObject({
    IsClosed: true,
    ClosedDate: expect.stringMatching(/\.000\+0000$/),
  });
  expect(await read('Task', task, 'Status,IsClosed,IsHighPriority,AccountId,What.Name')).toMatchObject({
    Status: 'Not Started',
    IsClosed: false,
    IsHighPriority: true,
    AccountId: account,
    What: { attributes: { type: 'Case' } },
  });
  expect(await read('Event', event, 'DurationInMinutes,ActivityDate,AccountId')).toMatchObject({
    DurationInMinutes: 45,
    ActivityDate: '2026-12-01',
    AccountId: account,
  });
  expect(await read('CampaignMember', member, 'HasResponded,Name')).toMatchObject({ HasResponded: true, Name: 'Lee' });
  expect(await read('Campaign', campaign, 'NumberOfContacts,NumberOfResponses,Status')).toMatchObject({
    NumberOfContacts: 1,
    NumberOfResponses: 1,
    Status: 'Planned',
  });
});

test('an event has an end or a duration', async () => {
  const id = await create('Event', { Subject: 'Call', StartDateTime: '2026-12-01T10:00:00Z', DurationInMinutes: 20 });
  const first = await read('Event', id, 'EndDateTime,DurationInMinutes');
  await org.call('PATCH', `/sobjects/Event/${id}`, { DurationInMinutes: 50 });

  expect(first).toMatchObject({ EndDateTime: '2026-12-01T10:20:00.000+0000', DurationInMinutes: 20 });
  expect(await read('Event', id, 'EndDateTime')).toMatchObject({ EndDateTime: '2026-12-01T10:50:00.000+0000' });
});

test('upsert by external id creates, then updates, and reads', async () => {
  const path = '/sobjects/Account/External_Id__c/E%2F1';
  const created = await org.call('PATCH', path, { Name: 'Upserted' });
  const updated = await org.call('PATCH', path, { Name: 'Renamed' });
  const { id } = created.body as Saved;
  const contact = await create('Contact', { LastName: 'Linked', Account: { External_Id__c: 'e/1' } });
  const twice = await org.call('POST', '/sobjects/Account', { Name: 'Other', External_Id__c: 'E/1' });

  expect([created.status, created.body]).toEqual([201, { id, success: true, errors: [], created: true }]);
  expect([updated.status, updated.body]).toEqual([200, { id, success: true, errors: [], created: false }]);
  expect((await org.call('GET', `${path}?fields=Name`)).body).toMatchObject({ Id: id, Name: 'Renamed' });
  expect(await read('Contact', contact, 'AccountId')).toMatchObject({ AccountId: id });
  expect([twice.status, (twice.body as { errorCode: string }[])[0]?.errorCode]).toEqual([400, 'DUPLICATE_VALUE']);
  expect((await org.call('PATCH', '/sobjects/Account/External_Id__c/none?updateOnly=true', {})).status).toBe(404);
});

test('deleted and updated records are listed; queryAll finds the deleted', async () => {
  const kept = await create('Account', { Name: 'Kept' });
  const gone = await create('Account', { Name: 'Gone' });
  const contact = await create('Contact', { LastName: 'Gone too', AccountId: gone });
  await org.call('DELETE', `/sobjects/Account/${gone}`);
  const span = `start=${new Date(Date.now() - 60_000).toISOString()}&end=${new Date(Date.now() + 60_000).toISOString()}`;
  const updated = (await org.call('GET', `/sobjects/Account/updated?${span}`)).body as { ids: string[] };
  const deleted = (await org.call('GET', `/sobjects/Contact/deleted?${span}`)).body as {
    deletedRecords: { id: string }[];
  };
  const soql = encodeURIComponent(`SELECT Id, IsDeleted, Account.Name FROM Contact WHERE Id = '${contact}'`);

  expect(updated.ids).toContain(kept);
  expect(updated.ids).not.toContain(gone);
  expect(deleted.deletedRecords.map(({ id }) => id)).toEqual([contact]);
  expect((await org.call('GET', `/query?q=${soql}`)).body).toMatchObject({ totalSize: 0 });
  expect((await org.call('GET', `/queryAll?q=${soql}`)).body).toMatchObject({
    totalSize: 1,
    records: [{ IsDeleted: true, Account: null }],
  });
});

test('an account with cases is not deleted', async () => {
  const [row] = org.sql('SELECT account_id AS id FROM sf_case WHERE account_id IS NOT NULL LIMIT 1');

  expect(await org.call('DELETE', `/sobjects/Account/${row?.id}`)).toMatchObject({
    status: 400,
    body: [{ errorCode: 'DELETE_FAILED' }],
  });
});

test('conditional headers hold for records and descriptions', async () => {
  const id = await create('Account', { Name: 'Tagged' });
  const path = `/sobjects/Account/${id}`;
  const first = await org.call('GET', path);
  const etag = String(first.headers.get('etag'));
  const modified = String(first.headers.get('last-modified'));
  const describe = await org.call('GET', '/sobjects/Account/describe');
  const since = { 'if-modified-since': String(describe.headers.get('last-modified')) };

  expect((await org.call('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);
  expect((await org.call('GET', path, undefined, { 'if-modified-since': modified })).status).toBe(304);
  expect((await org.call('PATCH', path, { Name: 'No' }, { 'if-match': '"other"' })).status).toBe(412);
  expect(
    (await org.call('PATCH', path, { Name: 'No' }, { 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' })).status,
  ).toBe(412);
  expect((await org.call('PATCH', path, { Name: 'Yes' }, { 'if-match': etag })).status).toBe(204);
  expect((await org.call('GET', '/sobjects/Account/describe', undefined, since)).status).toBe(304);
});

test('objects describe themselves', async () => {
  const all = (await org.call('GET', '/sobjects')).body as { sobjects: { name: string }[] };
  const { body } = await org.call('GET', '/sobjects/Opportunity/describe');
  const { fields, childRelationships } = body as { fields: Record<string, unknown>[]; childRelationships: object[] };
  const field = (name: string) => fields.find((each) => each.name === name);

  expect(all.sobjects.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Account', 'Task', 'CampaignMember', 'User']),
  );
  expect(field('StageName')).toMatchObject({ type: 'picklist', nillable: false, restrictedPicklist: true });
  expect(field('AccountId')).toMatchObject({
    type: 'reference',
    referenceTo: ['Account'],
    relationshipName: 'Account',
  });
  expect(field('IsClosed')).toMatchObject({ createable: false, updateable: false });
  expect(childRelationships).toContainEqual(
    expect.objectContaining({ childSObject: 'OpportunityHistory', relationshipName: 'OpportunityHistories' }),
  );
  expect((await org.call('GET', '/sobjects/Nothing/describe')).status).toBe(404);
});

test('a retrieve takes up to 2,000 ids', async () => {
  const [row] = org.sql('SELECT id FROM sf_account LIMIT 1');
  const retrieve = (count: number) =>
    org.call('POST', '/composite/sobjects/Account', { ids: Array(count).fill(row?.id), fields: ['Name'] });
  const [most, tooMany] = [await retrieve(2000), await retrieve(2001)];

  expect(most.body).toHaveLength(2000);
  expect([tooMany.status, (tooMany.body as { errorCode: string }[])[0]?.errorCode]).toEqual([400, 'EXCEEDED_ID_LIMIT']);
});
