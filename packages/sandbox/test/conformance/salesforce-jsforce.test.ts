import { createRequire } from 'node:module';
import type { Subscription } from 'jsforce/lib/api/streaming.js';
import { salesforceCredentials } from '../../src/salesforce/credentials.ts';
import type { Org } from '../salesforce-support.ts';
import { jsforce, startOrg } from '../salesforce-support.ts';
import { goodbyes, until } from './until.ts';

interface Listening {
  subscribe(channel: string, listener: (data: object) => void): Subscription;
  disconnect(): void;
}
const { StreamingExtension } = createRequire(import.meta.url)('jsforce/lib/api/streaming') as {
  StreamingExtension: { Replay: new (channel: string, id: number) => object };
};

/** jsforce, unchanged, on all that is not bulk, metadata or Apex. */
let org: Org;
let connection: InstanceType<typeof jsforce.Connection>;
beforeAll(async () => {
  org = await startOrg(1500, { holdMs: 1500, rotateRefreshTokens: true });
  connection = new jsforce.Connection({
    version: '57.0',
    instanceUrl: org.vendor.url,
    accessToken: org.token,
    callOptions: { client: 'Conformance/1.0' },
  });
});
afterAll(async () => {
  await goodbyes();
  await org.close();
});

const saved = expect.objectContaining({ success: true, id: expect.any(String) });

test('create, retrieve, update, upsert and delete, one and many', async () => {
  const accounts = connection.sobject('Account');
  const one = await accounts.create({ Name: 'One', BillingCity: 'Oslo' });
  const many = await accounts.create([{ Name: 'Two' }, { Name: 'Three' }, {} as never]);
  const ids = many.flatMap(({ id }) => (id ? [id] : []));
  const found = await accounts.retrieve([String(one.id), ...ids]);
  const updated = await accounts.update(ids.map((Id) => ({ Id, Industry: 'Energy' })));
  const first = await accounts.upsert({ Name: 'Ext', External_Id__c: 'js-1' }, 'External_Id__c');
  const second = await accounts.upsert({ Name: 'Ext 2', External_Id__c: 'js-1' }, 'External_Id__c');
  const several = await accounts.upsert(
    [
      { Name: 'Ext 3', External_Id__c: 'js-1' },
      { Name: 'Ext 4', External_Id__c: 'js-2' },
    ],
    'External_Id__c',
  );
  const gone = await accounts.destroy([...ids, String(one.id)]);
  const [absent] = await accounts.retrieve(ids.slice(0, 1));

  expect(one).toEqual(saved);
  expect(many).toEqual([saved, saved, expect.objectContaining({ success: false })]);
  expect(many[2]?.errors).toMatchObject([{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }]);
  expect(found.map(({ Name }) => Name)).toEqual(['One', 'Two', 'Three']);
  expect(updated).toEqual([saved, saved]);
  expect(first).toMatchObject({ success: true, created: true });
  expect(second).toMatchObject({ success: true, created: false });
  expect(several).toMatchObject([{ created: false }, { created: true }]);
  expect(gone).toEqual([saved, saved, saved]);
  expect(absent).toBeNull();
});

test('all or none: the others are rolled back', async () => {
  const answers = await connection
    .sobject('Contact')
    .create([{ LastName: 'Kept?' }, { FirstName: 'No last name' } as never], { allOrNone: true });
  const { totalSize } = await connection.query("SELECT Id FROM Contact WHERE LastName = 'Kept?'");

  expect(answers.map(({ success, errors }) => [success, (errors as { statusCode: string }[])[0]?.statusCode])).toEqual([
    [false, 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
    [false, 'REQUIRED_FIELD_MISSING'],
  ]);
  expect(totalSize).toBe(0);
});

test('errors are as they are', async () => {
  const accounts = connection.sobject('Account');

  await expect(accounts.create({} as never)).rejects.toMatchObject({ errorCode: 'REQUIRED_FIELD_MISSING' });
  await expect(accounts.create({ Name: 'x', Nope: 1 } as never)).rejects.toMatchObject({ name: 'INVALID_FIELD' });
  await expect(accounts.retrieve('001Hs00000zzzzzIAA')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  await expect(accounts.update({ Id: '001Hs00000zzzzzIAA', Name: 'x' })).rejects.toMatchObject({
    errorCode: 'NOT_FOUND',
  });
  await expect(connection.sobject('Nothing').create({ Name: 'x' })).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  await expect(
    connection.query("SELECT Id FROM Account WHERE Name = 'a' AND Type = 'b' OR Type = 'c'"),
  ).rejects.toMatchObject({
    name: 'MALFORMED_QUERY',
  });
});

test('describe, global and of one object, cached too', async () => {
  const { sobjects } = await connection.describeGlobal();
  const { fields, childRelationships } = await connection.describe('Opportunity');
  const cached = await connection.describe$('Opportunity');

  expect(sobjects.length).toBeGreaterThan(10);
  expect(fields.find(({ name }) => name === 'StageName')?.picklistValues).toHaveLength(10);
  expect(childRelationships.map(({ relationshipName }) => relationshipName)).toContain('Tasks');
  expect(cached.name).toBe('Opportunity');
});

test('queries: parents, children, aggregates, polymorphic, pages', async () => {
  const nested = await connection.query(
    'SELECT Id, Owner.Name, (SELECT Id, Subject FROM Tasks LIMIT 2) FROM Account ORDER BY Id LIMIT 50',
  );
  const grouped = await connection.query('SELECT Status, COUNT(Id) n FROM Task GROUP BY Status ORDER BY Status');
  const typed = await connection.query(
    'SELECT Id, What.Name, TYPEOF What WHEN Account THEN Industry WHEN Opportunity THEN StageName END FROM Task WHERE WhatId != null ORDER BY Id LIMIT 40',
  );
  const shown = await connection.query(
    'SELECT toLabel(StageName), FORMAT(Amount) money FROM Opportunity WHERE Amount != null ORDER BY Id LIMIT 1',
  );
  const standard = await connection.query('SELECT FIELDS(STANDARD) FROM Contact LIMIT 1');
  const all = await connection
    .sobject('OpportunityHistory')
    .find({}, ['Id'])
    .execute({ autoFetch: true, maxFetch: 50_000 });
  const [row] = org.sql('SELECT count(*) AS n FROM sf_opportunity_history');
  const [deal] = org.sql('SELECT stage, amount FROM sf_opportunity WHERE amount IS NOT NULL ORDER BY id LIMIT 1');

  expect(nested.records.some(({ Tasks }) => Tasks !== null)).toBe(true);
  expect(grouped.records.map(({ Status }) => Status)).toContain('Completed');
  for (const { What } of typed.records) {
    expect(What).toHaveProperty(What.attributes.type === 'Account' ? 'Industry' : 'StageName');
  }
  expect(shown.records[0]).toMatchObject({ StageName: deal?.stage, money: expect.stringMatching(/^\$[\d,]+\.\d\d$/) });
  expect(standard.records[0]).toHaveProperty('LastName');
  expect(standard.records[0]).not.toHaveProperty('External_Id__c');
  expect(all).toHaveLength(Number(row?.n));
});

test('pages of a list of children are all fetched, and totals come in their groups', async () => {
  const { id } = await connection.sobject('Account').create({ Name: 'With many contacts' });
  for (let page = 0; page < 4; page += 1) {
    const people = Array.from({ length: 200 }, (_, index) => ({
      LastName: `P${page}-${index}`,
      AccountId: String(id),
    }));
    await connection.sobject('Contact').create(people);
  }
  const soql = `SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${id}'`;
  const whole = await connection.query(soql, { autoFetch: true, maxFetch: 10_000 });
  const first = await connection.query(soql);
  const totals = await connection.query(
    'SELECT StageName, GROUPING(StageName) total, COUNT(Id) n FROM Opportunity GROUP BY ROLLUP(StageName) ORDER BY GROUPING(StageName), StageName',
  );
  const [deals] = org.sql('SELECT count(*) AS n FROM sf_opportunity');

  expect(first.records[0]?.Contacts).toMatchObject({ done: false, totalSize: 800, records: { length: 499 } });
  expect(new Set(whole.records[0]?.Contacts.records.map((record: { Id: string }) => record.Id)).size).toBe(800);
  expect(totals.records.at(-1)).toMatchObject({ StageName: null, total: 1, n: deals?.n });
});

test('a query knows where the user is', async () => {
  const [user] = (await connection.query("SELECT TimeZoneSidKey FROM User WHERE UserType = 'Standard' LIMIT 1"))
    .records;
  const { id } = await connection.sobject('Case').create({ Subject: 'Of today' });
  const { records } = await connection.query(
    `SELECT DAY_ONLY(convertTimezone(CreatedDate)) day, COUNT(Id) n FROM Case WHERE Id = '${id}' GROUP BY DAY_ONLY(convertTimezone(CreatedDate))`,
  );
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: user?.TimeZoneSidKey });

  expect(records).toMatchObject([{ day: today, n: 1 }]);
});

test('leads, and tasks with them', async () => {
  const leads = connection.sobject('Lead');
  const { id } = await leads.create({ FirstName: 'Li', LastName: 'Wei', Company: 'Not yet a customer' });
  await connection.sobject('Task').create({ Subject: 'Call', WhoId: String(id) });
  const { records } = await connection.query(
    `SELECT Name, Status, IsConverted, (SELECT Subject, Who.Name, Who.Type FROM Tasks) FROM Lead WHERE Id = '${id}'`,
  );

  expect(records[0]).toMatchObject({ Name: 'Li Wei', Status: 'Open - Not Contacted', IsConverted: false });
  expect(records[0]?.Tasks.records[0]).toMatchObject({ Who: { Name: 'Li Wei', Type: 'Lead' } });
  await expect(leads.create({ LastName: 'Alone' } as never)).rejects.toMatchObject({
    errorCode: 'REQUIRED_FIELD_MISSING',
  });
});

test('when some of many cannot be locked, jsforce tells which', async () => {
  const accounts = connection.sobject('Account');
  const made = await accounts.create(Array.from({ length: 40 }, (_, index) => ({ Name: `Contended ${index}` })));
  org.vendor.control.setFaults({ partial: 0.5 });
  const answers = await accounts.update(made.map(({ id }) => ({ Id: String(id), Rating: 'Hot' })));
  org.vendor.control.heal();
  const hot = org.sql("SELECT id FROM sf_account WHERE name LIKE 'Contended %' AND rating = 'Hot' ORDER BY id");

  expect(answers.filter(({ success }) => success).map(({ id }) => id)).toEqual(hot.map(({ id }) => id));
  expect(answers.find(({ success }) => !success)?.errors).toMatchObject([{ statusCode: 'UNABLE_TO_LOCK_ROW' }]);
  expect(hot.length).toBeLessThan(40);
});

test('search finds by text in what it is told to return', async () => {
  await connection.sobject('Account').create({ Name: "Zebra's Den" });
  await connection.sobject('Contact').create({ LastName: 'Zebraman', Email: 'z@example.com' });
  const { searchRecords } = await connection.search(
    'FIND {zebra} IN ALL FIELDS RETURNING Account(Id, Name), Contact(LastName LIMIT 1)',
  );
  const quoted = await connection.search("FIND {Zebra's} RETURNING Account(Name WHERE Industry = null)");

  expect(searchRecords).toMatchObject([
    { attributes: { type: 'Account' }, Name: "Zebra's Den" },
    { attributes: { type: 'Contact' }, LastName: 'Zebraman' },
  ]);
  expect(quoted.searchRecords).toHaveLength(1);
  await expect(connection.search('FIND {z}')).rejects.toMatchObject({ errorCode: 'MALFORMED_SEARCH' });
});

test('updated, deleted and deleted rows by queryAll', async () => {
  const created = await connection.sobject('Case').create({ Subject: 'Short-lived' });
  const id = String(created.id);
  const span = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)] as const;
  const { ids } = await connection.sobject('Case').updated(span[0].toISOString(), span[1].toISOString());
  await connection.sobject('Case').destroy(id);
  const { deletedRecords } = await connection.sobject('Case').deleted(span[0].toISOString(), span[1].toISOString());
  const soql = `SELECT Id, IsDeleted FROM Case WHERE Id = '${id}'`;
  const all = await connection.query(soql, { scanAll: true });

  expect(ids).toContain(id);
  expect(deletedRecords.map((record) => record.id)).toContain(id);
  expect((await connection.query(soql)).totalSize).toBe(0);
  expect(all.records[0]?.IsDeleted).toBe(true);
});

test('composite: one answer feeds the next, and all is taken back when one fails', async () => {
  const path = '/services/data/v57.0/sobjects';
  type Answers = { compositeResponse: { httpStatusCode: number; body: { id: string } & { errorCode: string }[] }[] };
  const send = (name: string, last: object) =>
    connection.requestPost<Answers>('/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${path}/Account`, referenceId: 'a', body: { Name: name } },
        { method: 'POST', url: `${path}/Contact`, referenceId: 'k', body: { AccountId: '@{a.id}', ...last } },
        { method: 'GET', url: `${path}/Contact/@{k.id}?fields=AccountId`, referenceId: 'r' },
      ],
    });
  const good = await send('Whole', { LastName: 'Lee' });
  const bad = await send('Halved', {});
  const { totalSize } = await connection.query("SELECT Id FROM Account WHERE Name = 'Halved'");

  expect(good.compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 200]);
  expect(good.compositeResponse[2]?.body).toMatchObject({ AccountId: good.compositeResponse[0]?.body.id });
  expect(bad.compositeResponse.map(({ body }) => body[0]?.errorCode)).toEqual([
    'PROCESSING_HALTED',
    'REQUIRED_FIELD_MISSING',
    'PROCESSING_HALTED',
  ]);
  expect(totalSize).toBe(0);
});

test('batch, tree and graph', async () => {
  const used = async () => {
    const { DailyApiRequests } = await connection.limits();
    return Number(DailyApiRequests?.Max) - Number(DailyApiRequests?.Remaining);
  };
  const before = await used();
  const batch = await connection.requestPost<{ hasErrors: boolean; results: { statusCode: number }[] }>(
    '/composite/batch',
    {
      batchRequests: [
        { method: 'GET', url: 'v57.0/query?q=SELECT+Id+FROM+User' },
        { method: 'GET', url: 'v57.0/sobjects/Nothing/1' },
        { method: 'POST', url: 'v57.0/sobjects/Account', richInput: { Name: 'Batched' } },
      ],
    },
  );
  const spent = (await used()) - before;
  const record = (Name: string, more = {}) => ({ attributes: { type: 'Account', referenceId: Name }, Name, ...more });
  const contacts = { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Leaf' }] };
  const tree = await connection.requestPost<{ hasErrors: boolean; results: { id: string }[] }>(
    '/composite/tree/Account',
    {
      records: [record('t1', { Contacts: contacts }), record('t2')],
    },
  );
  const node = (referenceId: string, body: object) => ({
    method: 'POST',
    url: '/services/data/v57.0/sobjects/Account',
    referenceId,
    body,
  });
  const graph = await connection.requestPost<{ graphs: { isSuccessful: boolean }[] }>('/composite/graph', {
    graphs: [
      { graphId: 'g1', compositeRequest: [node('n1', { Name: 'In g1' })] },
      { graphId: 'g2', compositeRequest: [node('n1', { Name: 'In g2' }), node('n2', {})] },
    ],
  });
  const inGraphs = await connection.query("SELECT Name FROM Account WHERE Name LIKE 'In g_'");

  expect(batch.hasErrors).toBe(true);
  expect(batch.results.map(({ statusCode }) => statusCode)).toEqual([200, 404, 201]);
  expect(spent).toBe(4);
  expect(tree).toMatchObject({ hasErrors: false });
  expect(tree.results).toHaveLength(3);
  expect(graph.graphs.map(({ isSuccessful }) => isSuccessful)).toEqual([true, false]);
  expect(inGraphs.records.map(({ Name }) => Name)).toEqual(['In g1']);
});

test('a refresh token that was rotated is dead', async () => {
  const { clientId, clientSecret, refreshToken } = salesforceCredentials;
  const oauth2 = new jsforce.OAuth2({ loginUrl: org.vendor.url, clientId, clientSecret });
  const first = await oauth2.refreshToken(refreshToken).catch((error: Error) => error);

  expect(first).toMatchObject({ name: 'invalid_grant', message: 'expired access/refresh token' });
});

test('a person agrees, and the code of it is good for one login', async () => {
  const { clientId, clientSecret } = salesforceCredentials;
  const redirectUri = 'http://127.0.0.1:5999/callback';
  const oauth2 = new jsforce.OAuth2({
    loginUrl: org.vendor.url,
    clientId,
    clientSecret,
    redirectUri,
    useVerifier: true,
  });
  const address = oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 'mine' });
  const answer = await fetch(address, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  const person = new jsforce.Connection({ version: '57.0', oauth2 });
  const code = String(back.searchParams.get('code'));
  const { id } = await person.authorize(code);
  const again = await oauth2.requestToken(code).catch((error: Error) => error);
  const refreshed = await oauth2.refreshToken(String(person.refreshToken));

  expect(answer.status).toBe(302);
  expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:5999\/callback\?code=/);
  expect(back.searchParams.get('state')).toBe('mine');
  expect(id).toMatch(/^005/);
  expect(again).toMatchObject({ name: 'invalid_grant', message: 'invalid authorization code' });
  expect(refreshed.access_token).toMatch(/^00D/);
});

test('client credentials, revocation and the user behind the token', async () => {
  const { clientId, clientSecret } = salesforceCredentials;
  const machine = new jsforce.Connection({
    version: '57.0',
    instanceUrl: org.vendor.url,
    oauth2: { loginUrl: org.vendor.url, clientId, clientSecret },
  });
  const { id } = await machine.authorize({ grant_type: 'client_credentials' });
  const identity = await machine.identity();
  const revoked = new jsforce.Connection({
    version: '57.0',
    instanceUrl: org.vendor.url,
    accessToken: String(machine.accessToken),
  });
  await machine.logout();

  expect(id).toMatch(/^005/);
  expect(identity.username).toBe(salesforceCredentials.username);
  await expect(revoked.query('SELECT Id FROM User')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
});

test('a generic channel carries what clients tell one another', async () => {
  await connection.sobject('StreamingChannel').create({ Name: '/u/notes/all', Description: 'Notes' });
  const heard: object[] = [];
  const channel = connection.streaming.channel('/u/notes/all');
  const subscription = channel.subscribe((message: object) => heard.push(message));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const told = await channel.push([
    { payload: 'one', userIds: [] },
    { payload: 'two', userIds: [] },
  ] as never);
  await until(() => heard.length === 2);
  subscription.cancel();

  expect(told).toEqual([
    { fanoutCount: -1, userOnlineStatus: {} },
    { fanoutCount: -1, userOnlineStatus: {} },
  ]);
  expect(heard).toMatchObject([{ payload: 'one' }, { payload: 'two' }]);
});

test('streaming: a topic, change data capture with replay, and a platform event', async () => {
  await connection
    .sobject('PushTopic')
    .create({ Name: 'JsforceCases', Query: 'SELECT Id, Subject FROM Case', ApiVersion: 57 });
  const heard: Record<string, unknown>[] = [];
  const topic = connection.streaming.topic('JsforceCases').subscribe((message) => heard.push({ topic: message }));
  const replay = new StreamingExtension.Replay('/data/CaseChangeEvent', -2);
  const client = connection.streaming.createClient([replay]) as unknown as Listening;
  const changes = client.subscribe('/data/CaseChangeEvent', (data: object) => heard.push({ change: data }));
  const signals = connection.streaming.channel('/event/Customer_Signal__e');
  const signal = signals.subscribe((message: object) => heard.push({ signal: message }));
  const { id } = await connection.sobject('Case').create({ Subject: 'Streamed' });
  await connection.requestPost('/sobjects/Customer_Signal__e', { Kind__c: 'k' });
  await until(() => heard.some((each) => each.topic) && heard.some((each) => each.signal));
  await until(() => heard.some(({ change }) => JSON.stringify(change ?? '').includes(String(id))));
  const change = heard.map((each) => each.change as { payload: { ChangeEventHeader: object } } | undefined);
  topic.cancel();
  changes.cancel();
  signal.cancel();
  client.disconnect();
  // jsforce keeps these for itself and never ends them.
  const { _fayeClients } = connection.streaming as unknown as { _fayeClients: Record<string, Listening> };
  for (const each of Object.values(_fayeClients)) each.disconnect();

  expect(heard.find((each) => each.topic)).toMatchObject({ topic: { sobject: { Subject: 'Streamed' } } });
  expect(change.findLast((each) => each)?.payload.ChangeEventHeader).toMatchObject({
    recordIds: [id],
    changeOrigin: 'com/salesforce/api/rest/57.0;client=Conformance/1.0',
  });
  expect(heard.find((each) => each.signal)).toMatchObject({ signal: { payload: { Kind__c: 'k' } } });
});
