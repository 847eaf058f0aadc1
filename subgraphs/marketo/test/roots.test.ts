import { openRoom, rows, world } from './support.ts';

const accountIds = rows('SELECT id FROM sf_account ORDER BY id').map((row) => String(row.id));
const peopleOf = (accountId: string) => rows('SELECT * FROM mk_lead WHERE sf_account_id = ? ORDER BY id', accountId);
const iso = (instant: unknown) => new Date(String(instant)).toISOString();

const railFields = `
  leadSource engagementScore
  lastCampaign { campaignId name }
  lastMarketingTouch { occurredAt kind description }
  marketingPeople(first: 200) { leadId email leadSource score lastTouch { occurredAt } }
  marketingFreshness { source origin stale }`;

/** The rail of one account, worked out by SQL alone. */
function expectedRail(accountId: string) {
  const one = (sql: string) => rows(sql, accountId)[0] ?? null;
  const source = one('SELECT lead_source s FROM mk_lead WHERE sf_account_id = ? ORDER BY created_at, id LIMIT 1');
  const score = one('SELECT min(100, max(0, max(lead_score))) s FROM mk_lead WHERE sf_account_id = ?');
  const campaign = one(
    `SELECT last_program_id, last_program_name FROM mk_lead WHERE sf_account_id = ? AND last_program_id IS NOT NULL
      ORDER BY updated_at DESC, id LIMIT 1`,
  );
  const touch = one(
    `SELECT last_moment_date d, last_moment_desc t,
        CASE WHEN last_moment_type = 'Email' THEN 'LINK_CLICK' WHEN last_moment_type = 'Web' THEN 'FORM_FILL'
          WHEN last_moment_desc LIKE '%Webinar%' THEN 'WEBINAR' ELSE 'OTHER' END k
      FROM mk_lead WHERE sf_account_id = ? AND last_moment_date IS NOT NULL ORDER BY last_moment_date DESC, id LIMIT 1`,
  );
  const people = rows(
    'SELECT * FROM mk_lead WHERE sf_account_id = ? ORDER BY lead_score DESC NULLS LAST, id',
    accountId,
  );
  return {
    leadSource: source?.s ?? null,
    engagementScore: score?.s ?? null,
    lastCampaign: campaign && { campaignId: String(campaign.last_program_id), name: campaign.last_program_name },
    lastMarketingTouch: touch && { occurredAt: iso(touch.d), kind: touch.k, description: touch.t },
    marketingPeople: people.map((lead) => ({
      leadId: String(lead.id),
      email: lead.email,
      leadSource: lead.lead_source,
      score: lead.lead_score,
      lastTouch: lead.last_moment_date === null ? null : { occurredAt: iso(lead.last_moment_date) },
    })),
    marketingFreshness: { source: 'MARKETO', origin: 'LIVE', stale: false },
  };
}

test('one customer costs one call and says what the world holds', async () => {
  await using room = await openRoom();
  await room.settle();
  const ids = [...accountIds.slice(0, 12), accountIds.find((id) => peopleOf(id).length === 0) ?? ''];
  for (const id of ids) {
    room.control.clearCalls();
    const { data, errors } = await room.ask(`query ($id: ID!) { getCustomer360(accountId: $id) { ${railFields} } }`, {
      id,
    });
    expect(errors).toBeUndefined();
    expect(data?.getCustomer360).toEqual(expectedRail(id));
    expect(room.operations()).toEqual(['leads']);
  }
});

test('`customer` costs no call by itself and gives the same profile; a 15-character id is the same account', async () => {
  await using room = await openRoom();
  await room.settle();
  const id = accountIds[3] ?? '';
  const bare = await room.ask('query ($id: ID!) { customer(id: $id) { accountId } }', { id });
  expect(bare).toEqual({ data: { customer: { accountId: id } } });
  expect(room.operations()).toEqual([]);

  const short = await room.ask(`query ($id: ID!) { customer(id: $id) { ${railFields} } }`, { id: id.slice(0, 15) });
  expect(short.data?.customer).toEqual(expectedRail(id));
  const long = await room.ask('query ($id: ID!) { customer(id: $id) { accountId } }', { id: id.slice(0, 15) });
  expect(long).toEqual(bare);
});

test('an account that nobody knows has no people and no figures', async () => {
  await using room = await openRoom();
  const { data, errors } = await room.ask(`{ customer(id: "001Hs00000ZZZZZIAA") { ${railFields} } }`);

  expect(errors).toBeUndefined();
  expect(data?.customer).toMatchObject({
    leadSource: null,
    lastCampaign: null,
    engagementScore: null,
    marketingPeople: [],
  });
});

const touchOfDeals = 'lastMarketingTouch { occurredAt kind description } marketingFreshness { source }';

test.each([
  { count: 50, calls: 1 },
  { count: 200, calls: 2 },
])(
  '$count deals cost at most $calls stages of calls and carry the touch of their accounts',
  async ({ count, calls }) => {
    await using room = await openRoom();
    await room.settle();
    const deals = rows(
      'SELECT id, account_id FROM sf_opportunity WHERE account_id IS NOT NULL ORDER BY id LIMIT ?',
      count,
    );
    const representations = deals.map(({ id, account_id }) => ({
      __typename: 'Deal',
      opportunityId: id,
      accountId: account_id,
    }));
    const { data, errors } = await room.entities(`... on Deal { opportunityId ${touchOfDeals} }`, representations);

    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(
      deals.map(({ id, account_id }) => ({
        opportunityId: id,
        lastMarketingTouch: expectedRail(String(account_id)).lastMarketingTouch,
        marketingFreshness: { source: 'MARKETO' },
      })),
    );
    expect(room.operations().length).toBeLessThanOrEqual(calls);
  },
);

test('a deal without an account has no touch and costs nothing', async () => {
  await using room = await openRoom();
  await room.settle();
  const deal = { __typename: 'Deal', opportunityId: '006Hs0000000001IAA', accountId: null };

  expect(await room.entities(`... on Deal { ${touchOfDeals} }`, [deal])).toEqual({
    data: { _entities: [{ lastMarketingTouch: null, marketingFreshness: null }] },
  });
  expect(room.operations()).toEqual([]);
});

test('scrambled and doubled answers of 40 accounts still meet their own accounts', async () => {
  await using room = await openRoom();
  await room.settle();
  room.control.setFaults({ scramble: { shuffle: true, duplicate: 0.5 } });
  const ids = accountIds.slice(20, 60);
  const representations = ids.map((accountId) => ({ __typename: 'CustomerProfile', accountId }));
  const { data } = await room.entities(`... on CustomerProfile { ${railFields} }`, representations);

  expect(data?._entities).toEqual(ids.map(expectedRail));
});

test('a filter that matches over a thousand people is asked again in halves', async () => {
  // Two accounts of 600 people each in a world of their own.
  const db = world.db;
  db.exec('SAVEPOINT crowd');
  for (let index = 0; index < 1200; index += 1) {
    db.prepare(
      `INSERT INTO mk_lead (id, sf_account_id, lead_score, unsubscribed, created_at, updated_at)
        VALUES (?, ?, ?, 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')`,
    ).run(5_000_000 + index, index % 2 === 0 ? '001Hs0000CROWDAIAA' : '001Hs0000CROWDBIAA', index % 90);
  }
  try {
    await using room = await openRoom();
    await room.settle();
    const ids = rows('SELECT DISTINCT sf_account_id AS id FROM mk_lead WHERE id >= 5000000 ORDER BY 1');
    const representations = [...accountIds.slice(0, 3), ...ids.map((row) => row.id)].map((accountId) => ({
      __typename: 'CustomerProfile',
      accountId,
    }));
    const { data, errors } = await room.entities('... on CustomerProfile { engagementScore }', representations);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([
      ...accountIds.slice(0, 3).map((id) => ({ engagementScore: expectedRail(id).engagementScore })),
      { engagementScore: 88 },
      { engagementScore: 89 },
    ]);
    // All five, then three and two, then one and one of 600 people on two pages each.
    expect(room.operations()).toHaveLength(7);
  } finally {
    db.exec('ROLLBACK TO crowd; RELEASE crowd');
  }
});

test('people and accounts are found by their own keys', async () => {
  await using room = await openRoom();
  await room.settle();
  const [lead] = rows('SELECT id, email FROM mk_lead WHERE email IS NOT NULL LIMIT 1');
  const accountId = accountIds.find((id) => peopleOf(id).length > 1) ?? '';
  const answer = await room.entities(
    '... on Marketing_Lead { leadId email } ... on Account { marketingProfile { leadId } }',
    [
      { __typename: 'Marketing_Lead', leadId: String(lead?.id) },
      { __typename: 'Marketing_Lead', leadId: '42' },
      { __typename: 'Account', accountId },
    ],
  );

  expect(answer.data?._entities).toEqual([
    { leadId: String(lead?.id), email: lead?.email },
    null,
    { marketingProfile: { leadId: expectedRail(accountId).marketingPeople[0]?.leadId } },
  ]);
  expect(room.operations()).toEqual(['leads', 'leads']);
});

test.each([
  ['{ getCustomer360(accountId: "x") { leadSource } }', 'getCustomer360'],
  ['{ customer(id: "001,002") { leadSource } }', 'customer'],
  ['{ customer(id: "001Hs0000000001IAA") { marketingPeople(first: 0) { leadId } } }', 'customer'],
  ['{ campaigns(first: 201) { name } }', 'campaigns'],
])('%s is refused as the caller’s mistake', async (query, field) => {
  await using room = await openRoom();
  await room.settle();
  const { errors } = await room.ask(query);

  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({ path: expect.arrayContaining([field]), extensions: { code: 'BAD_USER_INPUT' } });
});
