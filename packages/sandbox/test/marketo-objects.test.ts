import { openMarketo, rows } from './marketo-support.ts';

type Marketo = Awaited<ReturnType<typeof openMarketo>>;

const post = (marketo: Marketo, path: string, body: object) =>
  marketo.call(`/rest/v1/${path}.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const skipped = (seq: number, code: string) => ({
  seq,
  status: 'skipped',
  reasons: [{ code, message: expect.any(String) }],
});
const [lead] = rows('SELECT id FROM mk_lead LIMIT 1');

test('an opportunity is created, changed by either key and deleted', async () => {
  await using marketo = await openMarketo();
  const key = { externalOpportunityId: 'OPP-1' };
  const created = await post(marketo, 'opportunities', {
    input: [{ ...key, name: 'Deal', amount: '1604.47', isWon: false }],
  });
  const guid = created.result?.[0]?.marketoGUID;
  expect(created.result).toEqual([
    { seq: 0, marketoGUID: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'created' },
  ]);

  const byId = {
    action: 'updateOnly',
    dedupeBy: 'idField',
    input: [{ marketoGUID: guid, amount: -12.5, closeDate: '2026-12-01' }],
  };
  expect((await post(marketo, 'opportunities', byId)).result).toEqual([
    { seq: 0, marketoGUID: guid, status: 'updated' },
  ]);
  const read = await marketo.call(
    `/rest/v1/opportunities.json?filterType=marketoGUID&filterValues=${guid}&fields=name,amount,closeDate,isWon`,
  );
  expect(read.result).toEqual([
    { seq: 0, marketoGUID: guid, name: 'Deal', amount: '-12.50', closeDate: '2026-12-01', isWon: false },
  ]);
  expect((await post(marketo, 'opportunities/delete', { input: [key, key] })).result).toEqual([
    { seq: 0, marketoGUID: guid, status: 'deleted' },
    skipped(1, '1013'),
  ]);
});

test.each([
  ['createOnly', [{ externalOpportunityId: 'SEEDED', name: 'x' }], '1017'],
  ['updateOnly', [{ externalOpportunityId: 'nobody', name: 'x' }], '1013'],
  ['createOrUpdate', [{ externalOpportunityId: 'new' }], '1002'],
  ['createOrUpdate', [{ name: 'x' }], '1002'],
  ['createOrUpdate', [{ externalOpportunityId: 'new', name: 'x', shoeSize: 4 }], '1006'],
  ['createOrUpdate', [{ externalOpportunityId: 'new', name: 'x', createdAt: '2026-01-01' }], '1003'],
  ['createOrUpdate', [{ externalOpportunityId: 'new', name: 'x', amount: 'much' }], '1001'],
  ['createOrUpdate', [{ externalOpportunityId: 'new', name: 'x', externalCompanyId: 'nowhere' }], '1013'],
])('%s of %.70j is skipped with %s', async (action, input, code) => {
  await using marketo = await openMarketo();
  const [known] = rows('SELECT external_id FROM mk_opportunity LIMIT 1');
  const given = input.map((record: Record<string, unknown>) =>
    record.externalOpportunityId === 'SEEDED' ? { ...record, externalOpportunityId: known?.external_id } : record,
  );
  expect(await post(marketo, 'opportunities', { action, input: given })).toMatchObject({
    success: true,
    result: [skipped(0, code)],
  });
});

test('the same key twice in one call is skipped', async () => {
  await using marketo = await openMarketo();
  const record = { externalCompanyId: 'TWICE', company: 'Twice' };
  const { result } = await post(marketo, 'companies', { input: [record, record] });
  expect(result).toEqual([{ seq: 0, id: expect.any(Number), status: 'created' }, skipped(1, '1036')]);
});

test('a role needs its opportunity and its person, and ties them', async () => {
  await using marketo = await openMarketo();
  await post(marketo, 'opportunities', { input: [{ externalOpportunityId: 'OPP-2', name: 'Deal' }] });
  const role = { externalOpportunityId: 'OPP-2', leadId: lead?.id, role: 'Buyer' };
  const { result } = await post(marketo, 'opportunities/roles', {
    input: [
      { ...role, isPrimary: true },
      { ...role, externalOpportunityId: 'nowhere' },
      { ...role, leadId: 1 },
    ],
  });
  expect(result).toEqual([
    { seq: 0, marketoGUID: expect.any(String), status: 'created' },
    skipped(1, '1013'),
    skipped(2, '1004'),
  ]);
  const found = await marketo.call('/rest/v1/opportunities/roles.json?_method=GET', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filterType: 'dedupeFields', fields: ['role', 'isPrimary'], input: [role] }),
  });
  expect(found.result).toEqual([expect.objectContaining({ role: 'Buyer', isPrimary: true })]);
  await post(marketo, 'opportunities/roles/delete', { input: [role] });
  const types = rows("SELECT type_id FROM mk_activity WHERE primary_value = 'OPP-2' ORDER BY id");
  expect(types.map((row) => row.type_id)).toEqual([34, 35]);
});

test('a person linked to a company shows its values and cannot write them; a company in use stays', async () => {
  await using marketo = await openMarketo();
  await post(marketo, 'companies', { input: [{ externalCompanyId: 'ACME-1', company: 'Acme', industry: 'Tools' }] });
  const person = { email: 'person@acme.example', externalCompanyId: 'ACME-1' };
  const { result } = await post(marketo, 'leads', { input: [person] });
  const id = result?.[0]?.id;
  const read = await marketo.call(`/rest/v1/lead/${id}.json?fields=company,industry,externalCompanyId`);

  expect(read.result).toEqual([{ id, company: 'Acme', industry: 'Tools', externalCompanyId: 'ACME-1' }]);
  expect(await post(marketo, 'leads', { input: [{ ...person, company: 'Other' }] })).toMatchObject({
    result: [{ status: 'skipped', reasons: [{ code: '1021' }] }],
  });
  expect(await post(marketo, 'companies/delete', { input: [{ externalCompanyId: 'ACME-1' }] })).toMatchObject({
    result: [skipped(0, '1022')],
  });
});

test('every account has a company, found by the id that its people carry', async () => {
  await using marketo = await openMarketo();
  const [someone] = rows('SELECT external_company_id id, company FROM mk_lead LIMIT 1');
  const { result } = await marketo.call(
    `/rest/v1/companies.json?filterType=externalCompanyId&filterValues=${someone?.id}&fields=company`,
  );
  expect(result).toEqual([{ seq: 0, id: expect.any(Number), company: someone?.company }]);
});

test('an instance that a CRM is synchronised with refuses these writes, and still answers reads', async () => {
  await using marketo = await openMarketo({ nativeCrm: true });
  for (const path of ['companies', 'opportunities', 'opportunities/roles', 'opportunities/delete']) {
    expect(await post(marketo, path, { input: [{}] })).toMatchObject({ errors: [{ code: '1018' }] });
  }
  expect(await marketo.call('/rest/v1/opportunities/describe.json')).toMatchObject({ success: true });
});
