import { openMarketo, rows } from './marketo-support.ts';
import { createSwaggerCheck } from './swagger-check.ts';

// The folder of vendor specifications exists on some machines only.
const specs = process.env.VENDOR_SPECS;
const [lead] = rows('SELECT id, sf_account_id account FROM mk_lead WHERE id IN (SELECT lead_id FROM mk_role) LIMIT 1');
const [program] = rows('SELECT program_id id FROM mk_member LIMIT 1');

const calls = [
  ['mapi', '/rest/v1/leads.json', `/rest/v1/leads.json?filterType=sfdcAccountId&filterValues=${lead?.account}`],
  ['mapi', '/rest/v1/lead/{leadId}.json', `/rest/v1/lead/${lead?.id}.json`],
  ['mapi', '/rest/v1/leads/programs/{programId}.json', `/rest/v1/leads/programs/${program?.id}.json`],
  ['mapi', '/rest/v1/leads/describe.json', '/rest/v1/leads/describe.json'],
  ['mapi', '/rest/v1/leads/describe2.json', '/rest/v1/leads/describe2.json'],
  ['mapi', '/rest/v1/activities/types.json', '/rest/v1/activities/types.json'],
  ['mapi', '/rest/v1/activities/pagingtoken.json', '/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-01-01'],
  [
    'mapi',
    '/rest/v1/programs/{programId}/members.json',
    `/rest/v1/programs/${program?.id}/members.json?filterType=reachedSuccess&filterValues=true,false`,
  ],
  [
    'mapi',
    '/rest/v1/opportunities/roles.json',
    `/rest/v1/opportunities/roles.json?filterType=leadId&filterValues=${lead?.id}`,
  ],
  ['mapi', '/rest/v1/stats/usage.json', '/rest/v1/stats/usage.json'],
  ['asset', '/rest/asset/v1/programs.json', '/rest/asset/v1/programs.json'],
  ['asset', '/rest/asset/v1/program/{id}.json', `/rest/asset/v1/program/${program?.id}.json`],
  ['asset', '/rest/asset/v1/channels.json', '/rest/asset/v1/channels.json'],
] as const;

if (specs) {
  const check = {
    mapi: createSwaggerCheck(specs, 'swagger-mapi.json'),
    asset: createSwaggerCheck(specs, 'swagger-asset.json'),
  };
  test.each(calls)("%s %s answers as Adobe's file says", async (file, path, call) => {
    await using marketo = await openMarketo();
    const body = await marketo.call(call);

    expect(body.success).toBe(true);
    expect(check[file](path, body)).toEqual([]);
  });

  test('the check notices a missing field and a wrong type', () => {
    const member = { seq: 0, leadId: 'seven', reachedSuccess: true, programId: 1, acquiredBy: false };
    const body = { requestId: 'a#b', success: true, result: [member] };

    expect(check.mapi('/rest/v1/programs/{programId}/members.json', body)).toEqual([
      '$.result[0].membershipDate is missing',
      '$.result[0].leadId is string, not integer',
    ]);
  });
} else {
  test.skip("not run: VENDOR_SPECS does not name a folder with Adobe's Swagger files", () => {});
}
