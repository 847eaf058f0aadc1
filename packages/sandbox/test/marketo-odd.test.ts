import fc from 'fast-check';
import { openMarketo, rows } from './marketo-support.ts';

/** Whatever a client sends, the answer is a refusal or a result, and never Marketo's own failure. */
const [lead] = rows('SELECT id FROM mk_lead LIMIT 1');
const id = fc.constantFrom(
  String(lead?.id),
  '1001',
  '3001',
  '3002',
  '38',
  'abc',
  '-1',
  '999999999999999',
  '%00',
  '%E0%A4%A',
);
const value = fc.oneof(
  fc.constantFrom(
    '',
    'id',
    'email',
    'dedupeFields',
    'leadId',
    '{}',
    '[1]',
    '{"id":38,"type":"Folder"}',
    'constructor',
    '__proto__',
  ),
  fc.constantFrom('2026-01-01', '9999-99-99', '1e9', "a'b", '☃', 'true', 'updatedAt', '2147483648', '-5'),
);
const parameter = fc.constantFrom(
  ...[
    'filterType',
    'filterValues',
    'fields',
    'batchSize',
    'nextPageToken',
    'activityTypeIds',
    'leadIds',
    'listId',
    'id',
  ],
  ...[
    'name',
    'maxReturn',
    'offset',
    'status',
    'statusName',
    'programName',
    'lookupField',
    'action',
    'folder',
    'parent',
  ],
  ...['channel', 'type', 'tags', 'costs', 'root', 'startAt', 'endAt', 'sinceDatetime', 'cookie', 'tagType', '_method'],
);
const path = fc.constantFrom(
  ...['leads', 'leads/delete', 'leads/push', 'lead/{id}', 'leads/{id}/merge', 'leads/{id}/programMembership', 'lists'],
  ...[
    'lists/{id}/leads',
    'lists/{id}/leads/ismember',
    'activities',
    'activities/pagingtoken',
    'activities/leadchanges',
  ],
  ...['campaigns/{id}/trigger', 'campaigns/{id}/schedule', 'programs/{id}/members', 'programs/{id}/members/status'],
  ...['opportunities', 'opportunities/roles', 'opportunities/roles/delete', 'companies', 'companies/delete'],
);
const asset = fc.constantFrom(
  ...[
    'programs',
    'program/{id}',
    'program/{id}/clone',
    'program/byTag',
    'folders',
    'folder/{id}',
    'folder/{id}/content',
  ],
  ...['emails', 'email/{id}/content', 'email/{id}/content/edit_text_1', 'staticLists', 'smartCampaign/{id}/activate'],
);
const bulk = fc
  .constantFrom('leads', 'activities', 'program/members')
  .chain((kind) =>
    fc.constantFrom(
      `${kind}/export/create`,
      `${kind}/export`,
      `${kind}/export/{id}/enqueue`,
      `${kind}/export/{id}/file`,
    ),
  );
const anyPath = fc
  .oneof(
    path.map((one) => `/rest/v1/${one}`),
    asset.map((one) => `/rest/asset/v1/${one}`),
    bulk.map((one) => `/bulk/v1/${one}`),
  )
  .chain((one) => id.map((key) => `${one.replace('{id}', key)}.json`));
const record = fc.dictionary(
  fc.constantFrom(
    'id',
    'leadId',
    'email',
    'leadScore',
    'city',
    'name',
    'externalOpportunityId',
    'amount',
    'closeDate',
    'role',
  ),
  fc.oneof(
    fc.constantFrom(lead?.id, 1, 'x', '', null, true, 1e30, 2 ** 53, '2026-01-01', '1e400'),
    fc.constant({}),
    fc.constant([]),
  ),
);
const body = fc.oneof(
  fc.record({
    input: fc.oneof(fc.array(record, { maxLength: 3 }), record, fc.constant(null)),
    action: value,
    statusName: value,
  }),
  fc.record({
    filter: fc.dictionary(
      fc.constantFrom('createdAt', 'staticListId', 'programId', 'activityTypeIds'),
      fc.oneof(value, record),
    ),
    fields: fc.array(value),
  }),
  fc.constantFrom<unknown>(null, [], 'x', {}, { input: [null] }, { input: { leads: [null] } }),
);

test('no call, however odd, is answered with a system error', async () => {
  await using marketo = await openMarketo({ limits: { perWindow: 1e9 } });
  const odd = fc.record({
    address: anyPath,
    method: fc.constantFrom('GET', 'POST', 'POST', 'DELETE'),
    query: fc.array(fc.tuple(parameter, value), { maxLength: 5 }),
    form: fc.boolean(),
    body,
  });
  await fc.assert(
    fc.asyncProperty(odd, async ({ address, method, query, form, body: sent }) => {
      const asForm = { body: new URLSearchParams(query) };
      const asJson = { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } };
      const init = { method, ...(method !== 'GET' && (form ? asForm : asJson)) };
      const reply = await marketo.fetch(`${address}?${new URLSearchParams(query)}`, init);
      const text = await reply.text();

      expect(reply.status).toBeLessThan(500);
      expect(text).not.toContain('"611"');
    }),
    { numRuns: 600 },
  );
}, 60_000);

test.each([1e30, 2 ** 53, 2 ** 31, '1e400'])('a score of %p is too much for its type', async (leadScore) => {
  await using marketo = await openMarketo();
  const headers = { 'content-type': 'application/json' };
  const written = JSON.stringify({ lookupField: 'id', input: [{ id: lead?.id, leadScore }] });
  const { result } = await marketo.call('/rest/v1/leads.json', { method: 'POST', headers, body: written });

  expect(result).toMatchObject([{ status: 'skipped', reasons: [{ code: '1001' }] }]);
});
