import { createRequire } from 'node:module';
import { marketoCredentials } from '../../src/marketo/credentials.ts';
import type { MarketoOptions } from '../../src/marketo/server.ts';
import { openMarketo, rows } from '../marketo-support.ts';

// An unmodified client by others (Joe Choi, MIT). It sends its token both as a header and as a parameter.
const client = createRequire(import.meta.url)('marketo-rest-api') as Record<
  'init' | 'syncLead' | 'sendEmail' | 'scheduleCampaign' | 'idFromSfdcId',
  (options: object, callback: (response: Answer) => void) => void
> & { associateLeadWithCookie(id: number, cookie: string, callback: (response: Answer) => void): void };

interface Answer {
  success: boolean;
  message?: string;
  error?: string;
  token?: string;
  leadId?: number;
}

/** The client keeps one connection for the process: each test points it at its own sandbox. */
async function connect(options: Partial<MarketoOptions> = {}, credentials = {}) {
  const marketo = await openMarketo(options);
  const { clientId, clientSecret } = marketoCredentials;
  const init = await ask('init', {
    clientId,
    clientSecret,
    restEndpoint: `${marketo.vendor.url}/`,
    lists: { board: 1002, missing: 999 },
    campaigns: { followUp: 3001, newsletter: 3002, gone: 999 },
    ...credentials,
  });
  return { marketo, init, [Symbol.asyncDispose]: () => marketo.vendor.close() };
}

const ask = (method: Exclude<keyof typeof client, 'associateLeadWithCookie'>, options: object) =>
  new Promise<Answer>((resolve) => {
    client[method](options, resolve);
  });

const inList = (leadId: unknown) =>
  rows('SELECT count(*) n FROM mk_list_member WHERE list_id = 1002 AND lead_id = ?', Number(leadId))[0]?.n;
const byEmail = (email: string) => rows('SELECT * FROM mk_lead WHERE email = ?', email);
const known = rows('SELECT id, email FROM mk_lead WHERE email IS NOT NULL LIMIT 1')[0] as { id: number; email: string };

test('init authenticates', async () => {
  await using on = await connect();
  expect(on.init).toMatchObject({ success: true, token: expect.stringMatching(/^[0-9a-f-]{36}:/) });
});

test('init with a wrong secret fails', async () => {
  await using on = await connect({}, { clientSecret: 'wrong' });
  expect(on.init).toMatchObject({ success: false, message: 'Marketo authentication failed.' });
});

test('syncLead adds a lead and puts it on a list', async () => {
  await using _ = await connect();
  const email = 'joe@example.com';
  const input = { firstName: 'Joe', lastName: 'Choi', title: 'Developer', phone: '1112223333', company: 'R' };
  const answer = await ask('syncLead', { process: 'add', list: 'board', email, input });

  expect(answer.success).toBe(true);
  expect(byEmail(email)).toEqual([
    expect.objectContaining({ id: answer.leadId, first_name: 'Joe', title: 'Developer' }),
  ]);
  expect(inList(answer.leadId)).toBe(1);
});

test('syncLead updates a lead', async () => {
  await using _ = await connect();
  const answer = await ask('syncLead', { process: 'update', email: known.email, input: { title: 'Owner' } });

  expect(answer).toMatchObject({ success: true, leadId: known.id });
  expect(byEmail(known.email)[0]?.title).toBe('Owner');
});

test('syncLead into a list that does not exist fails', async () => {
  await using _ = await connect();
  const answer = await ask('syncLead', { process: 'update', list: 'missing', email: known.email, input: {} });
  expect(answer).toMatchObject({ success: false, message: 'Marketo Add Lead to List API failed.' });
});

test('syncLead removes a lead, by DELETE and by _method=DELETE', async () => {
  await using _ = await connect();
  const email = 'leaving@example.com';
  const added = await ask('syncLead', { process: 'add', list: 'board', email, input: {} });
  const removed = await ask('syncLead', { process: 'remove', list: 'board', email });

  expect(removed.success).toBe(true);
  expect(byEmail(email)).toEqual([]);
  expect(inList(added.leadId)).toBe(0);
});

test('sendEmail requests a trigger campaign', async () => {
  await using _ = await connect();
  const tokens = [{ name: '{{my.message}}', value: 'Hello' }];
  const answer = await ask('sendEmail', { email: known.email, campaign: 'followUp', tokens });

  expect(answer).toMatchObject({ success: true });
  expect(rows('SELECT 1 FROM mk_activity WHERE type_id = 47 AND lead_id = ?', known.id)).toHaveLength(1);
});

test.each(['newsletter', 'gone'])('sendEmail through %s, which cannot be requested, fails', async (campaign) => {
  await using _ = await connect();
  expect(await ask('sendEmail', { email: known.email, campaign })).toMatchObject({ success: false });
});

test('scheduleCampaign plans a batch campaign', async () => {
  await using _ = await connect();
  const runAt = new Date(Date.now() + 3_600_000).toISOString();
  const answer = await ask('scheduleCampaign', { campaign: 'newsletter', input: { runAt } });

  expect(answer).toMatchObject({ success: true, message: expect.stringContaining('3002') });
  expect(rows('SELECT run_at FROM mk_campaign WHERE id = 3002')).toEqual([{ run_at: `${runAt.slice(0, 19)}Z` }]);
});

test('scheduleCampaign says what Marketo says of a campaign that is not there', async () => {
  await using _ = await connect();
  expect(await ask('scheduleCampaign', { campaign: 'gone', input: {} })).toEqual({
    success: false,
    error: 'Campaign not found',
  });
});

test('a lead is looked up by its Salesforce id', async () => {
  await using _ = await connect();
  const body = await ask('idFromSfdcId', { sfdc_id: '00Q000000000001' });
  expect(JSON.parse(String(body))).toMatchObject({ success: true, result: [] });
});

test('associateLeadWithCookie reaches the sandbox; the client itself reads every answer as a failure', async () => {
  await using _ = await connect();
  const cookie = 'id:123-ABC-456&token:_mch-example.com-1';
  await new Promise((resolve) => client.associateLeadWithCookie(known.id, cookie, resolve));
  expect(rows('SELECT cookie FROM mk_lead WHERE id = ?', known.id)).toEqual([{ cookie }]);
});
