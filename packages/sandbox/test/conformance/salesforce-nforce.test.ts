import { createRequire } from 'node:module';
import { salesforceCredentials } from '../../src/salesforce/credentials.ts';
import type { Org } from '../salesforce-support.ts';
import { startOrg } from '../salesforce-support.ts';
import { goodbyes, until } from './until.ts';

/** A client older than most of the API, unchanged: lower-case names, `Bearer`, PATCH, callbacks turned to promises. */
interface NforceRecord {
  get(field: string): unknown;
  set(field: string, value: unknown): void;
  set(fields: object): void;
  getId(): string;
  setExternalId(field: string, value: string): void;
  getType(): string;
  hasChanged(): boolean;
}
type OAuth = { access_token: string; instance_url: string; id: string };
interface Nforce {
  authenticate(options: object): Promise<OAuth>;
  getIdentity(): Promise<Record<string, unknown>>;
  getResources(): Promise<Record<string, string>>;
  getSObjects(): Promise<{ sobjects: { name: string }[] }>;
  getMetadata(options: object): Promise<{ objectDescribe: { name: string } }>;
  getDescribe(options: object): Promise<{ name: string; fields: { name: string }[] }>;
  getLimits(): Promise<Record<string, { Max: number; Remaining: number }>>;
  insert(options: object): Promise<{ id: string; success: boolean }>;
  update(options: object): Promise<unknown>;
  upsert(options: object): Promise<{ id: string; created: boolean }>;
  delete(options: object): Promise<unknown>;
  getRecord(options: object): Promise<NforceRecord>;
  query(options: object): Promise<{ totalSize: number; done: boolean; records: NforceRecord[] }>;
  queryAll(options: object): Promise<{ totalSize: number; records: NforceRecord[] }>;
  getUrl(options: object): Promise<Record<string, unknown>>;
  refreshToken(options: object): Promise<OAuth>;
  subscribe(options: object): {
    on(event: string, listener: (data: never) => void): void;
    cancel(): void;
    client: { disconnect(): void };
  };
}
interface NforceModule {
  createConnection(options: object): Nforce & { oauth: OAuth };
  createSObject(type: string, fields?: object): NforceRecord;
}
const nforce = createRequire(import.meta.url)('nforce') as NforceModule;

const { clientId, clientSecret, username, password, securityToken, refreshToken } = salesforceCredentials;
let org: Org;
let connection: Nforce & { oauth: OAuth };
beforeAll(async () => {
  org = await startOrg(1500, { holdMs: 1500 });
  connection = connect();
  await connection.authenticate({ username, password, securityToken });
});
afterAll(async () => {
  await goodbyes();
  await org.close();
});

const connect = () =>
  nforce.createConnection({
    clientId,
    clientSecret,
    redirectUri: 'http://localhost/callback',
    loginUri: `${org.vendor.url}/services/oauth2/token`,
    apiVersion: 'v57.0',
    mode: 'single',
    autoRefresh: true,
    username,
    password,
    securityToken,
  });

test('nforce logs in with a password and sees who it is', async () => {
  expect(connection.oauth.access_token).toMatch(/^00D/);
  expect(connection.oauth.instance_url).toBe(org.vendor.url);
  expect(await connection.getIdentity()).toMatchObject({ username, active: true });
  await expect(connect().authenticate({ username, password: 'wrong', securityToken })).rejects.toMatchObject({
    message: expect.stringContaining('authentication failure'),
  });
});

test('nforce reads what the org offers', async () => {
  const { sobjects } = await connection.getSObjects();
  const describe = await connection.getDescribe({ type: 'Account' });

  expect(await connection.getResources()).toMatchObject({ sobjects: '/services/data/v57.0/sobjects' });
  expect(sobjects.map(({ name }) => name)).toContain('Opportunity');
  expect((await connection.getMetadata({ type: 'account' })).objectDescribe.name).toBe('Account');
  expect(describe.fields.map(({ name }) => name)).toContain('BillingCity');
  expect((await connection.getLimits()).DailyApiRequests?.Max).toBe(1_000_000);
});

test('nforce creates, reads, changes, upserts and deletes', async () => {
  const account = nforce.createSObject('Account', { Name: 'From nforce', NumberOfEmployees: 7 });
  const { id, success } = await connection.insert({ sobject: account });
  const read = await connection.getRecord({ type: 'account', id });
  read.set('Name', 'Changed');
  await connection.update({ sobject: read });
  const again = await connection.getRecord({ type: 'Account', id, fields: ['Name'] });
  const upserted = nforce.createSObject('Account', { Name: 'Upserted' });
  upserted.setExternalId('External_Id__c', 'nforce-1');
  const first = await connection.upsert({ sobject: upserted });
  await connection.delete({ sobject: again });

  expect(success).toBe(true);
  expect(read.get('numberofemployees')).toBe(7);
  expect(again.get('name')).toBe('Changed');
  expect(first.id).toMatch(/^001/);
  await expect(connection.getRecord({ type: 'Account', id })).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
});

test('nforce queries, page after page, and what is deleted', async () => {
  const one = await connection.query({ query: 'SELECT Id, Name FROM Opportunity LIMIT 3' });
  const all = await connection.query({ query: 'SELECT Id FROM Opportunity', fetchAll: true });
  const deleted = await connection.queryAll({
    query: "SELECT Id FROM Account WHERE IsDeleted = true AND Name = 'Changed'",
  });
  const [count] = org.sql('SELECT count(*) AS n FROM sf_opportunity');

  expect(one.records).toHaveLength(3);
  expect(one.records[0]?.getType().toLowerCase()).toBe('opportunity');
  expect(all.records).toHaveLength(Number(count?.n));
  expect(deleted.totalSize).toBe(1);
});

test('nforce sees errors as they are', async () => {
  await expect(connection.query({ query: 'SELECT Nope FROM Account' })).rejects.toMatchObject({
    errorCode: 'INVALID_FIELD',
  });
  await expect(connection.insert({ sobject: nforce.createSObject('Account', {}) })).rejects.toMatchObject({
    errorCode: 'REQUIRED_FIELD_MISSING',
    statusCode: 400,
  });
});

test('nforce logs in again when its session has expired, and refreshes', async () => {
  const old = connection.oauth.access_token;
  org.vendor.control.setFaults({ expireTokens: true });
  const { totalSize } = await connection.query({ query: 'SELECT Id FROM User' });
  const refreshed = await connection.refreshToken({ oauth: { ...connection.oauth, refresh_token: refreshToken } });

  expect(totalSize).toBe(6);
  expect(connection.oauth.access_token).not.toBe(old);
  expect(refreshed.access_token).toMatch(/^00D/);
});

test('nforce listens to a push topic', async () => {
  const topic = {
    Name: 'NforceAccounts',
    Query: 'SELECT Id, Name FROM Account',
    ApiVersion: 57.0,
    NotifyForFields: 'All',
  };
  await connection.insert({ sobject: nforce.createSObject('PushTopic', topic) });
  const heard: { sobject: { Name: string } }[] = [];
  const listening = connection.subscribe({ topic: 'NforceAccounts' });
  await new Promise<void>((resolve) => listening.on('connect', () => resolve()));
  listening.on('data', (data) => heard.push(data));
  await connection.insert({ sobject: nforce.createSObject('Account', { Name: 'Streamed' }) });
  await until(() => heard.length === 1);
  listening.cancel();
  listening.client.disconnect();

  expect(heard[0]?.sobject.Name).toBe('Streamed');
});
