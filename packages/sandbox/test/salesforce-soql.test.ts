import type { Org } from './salesforce-support.ts';
import { noon, startOrg, today } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(500, { now: () => noon });
});
afterAll(() => org.close());

type Rows = { totalSize: number; done: boolean; records: Record<string, unknown>[] };

async function rows(soql: string): Promise<Rows> {
  const { status, body } = await org.query(soql);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Rows;
}

const ids = (answer: Rows) => answer.records.map((record) => record.Id);
const idsOf = (sql: string, ...values: (string | number)[]) => org.sql(sql, ...values).map((row) => row.id);

test('records carry canonical names, attributes and exact amounts, whatever the spelling of the query', async () => {
  const [row] = org.sql(
    'SELECT o.*, a.name AS account, u.name AS owner FROM sf_opportunity o JOIN sf_account a ON a.id = o.account_id JOIN sf_user u ON u.id = o.owner_id WHERE amount % 100 <> 0 ORDER BY o.id LIMIT 1',
  );
  const { records } = await rows(
    `select id, NAME, amount, account.name, OWNER.Name, isclosed, createdDate, closedate from opportunity where id = '${String(row?.id).slice(0, 15)}'`,
  );

  expect(records).toEqual([
    {
      attributes: { type: 'Opportunity', url: `/services/data/v57.0/sobjects/Opportunity/${row?.id}` },
      Id: row?.id,
      Name: row?.name,
      Amount: Number(row?.amount) / 100,
      Account: {
        attributes: { type: 'Account', url: `/services/data/v57.0/sobjects/Account/${row?.account_id}` },
        Name: row?.account,
      },
      Owner: {
        attributes: { type: 'User', url: `/services/data/v57.0/sobjects/User/${row?.owner_id}` },
        Name: row?.owner,
      },
      IsClosed: row?.is_closed === 1,
      CreatedDate: String(row?.created_at).replace('Z', '.000+0000'),
      CloseDate: row?.close_date,
    },
  ]);
});

test.each([
  ['IsClosed = false AND Amount >= 50000.50', 'is_closed = 0 AND amount >= 5000050'],
  [
    "(StageName = 'closed won' OR StageName IN ('Prospecting', 'QUALIFICATION')) AND Probability != 10",
    "stage = 'Closed Won'",
  ],
  [
    "StageName NOT IN ('Closed Won', 'Closed Lost') AND (NOT Amount < 100000)",
    'is_closed = 0 AND (amount >= 10000000 OR amount IS NULL)',
  ],
  ["Name LIKE '%expansion' OR Name LIKE 'T_dewater%'", "name LIKE '%Expansion' OR name LIKE 'T_dewater%'"],
  ['CloseDate = TODAY', `close_date = '${today}'`],
  ['CloseDate = LAST_N_DAYS:30', `close_date BETWEEN date('${today}', '-30 days') AND '${today}'`],
  ['CloseDate = THIS_MONTH', "close_date LIKE '2026-11-%'"],
  ['CloseDate > NEXT_MONTH', "close_date >= '2027-01-01'"],
  ['CloseDate >= 2026-12-01 AND CloseDate < 2027-01-01', "close_date LIKE '2026-12-%'"],
  // From midnight in summer time to midnight in winter time.
  ['CreatedDate = LAST_N_DAYS:60', "created_at >= '2026-09-24T07:00:00Z' AND created_at < '2026-11-24T08:00:00Z'"],
  ['CreatedDate < 2026-01-01T00:00:00Z', "created_at < '2026-01-01T00:00:00Z'"],
  ['Amount = null', 'amount IS NULL'],
  ["LeadSource != 'Web'", "lead_source <> 'Web' OR lead_source IS NULL"],
  ["Account.Industry = 'health'", "account_id IN (SELECT id FROM sf_account WHERE industry = 'health' COLLATE NOCASE)"],
  [
    "AccountId IN (SELECT AccountId FROM Case WHERE Priority = 'High')",
    "account_id IN (SELECT account_id FROM sf_case WHERE priority = 'High')",
  ],
])('WHERE %s', async (soql, sql) => {
  const expected = idsOf(`SELECT id FROM sf_opportunity WHERE ${sql} ORDER BY id`);

  expect(ids(await rows(`SELECT Id FROM Opportunity WHERE ${soql} ORDER BY Id`))).toEqual(expected);
});

test('ORDER BY, NULLS LAST, LIMIT and OFFSET', async () => {
  expect(ids(await rows('SELECT Id FROM Opportunity ORDER BY Amount DESC NULLS LAST, Id LIMIT 7 OFFSET 3'))).toEqual(
    idsOf('SELECT id FROM sf_opportunity ORDER BY amount DESC NULLS LAST, id LIMIT 7 OFFSET 3'),
  );
  expect(ids(await rows('SELECT Id FROM Account ORDER BY AnnualRevenue, Id LIMIT 20'))).toEqual(
    idsOf('SELECT id FROM sf_account ORDER BY annual_revenue NULLS FIRST, id LIMIT 20'),
  );
});

test('child subqueries have their own WHERE, ORDER BY and LIMIT, and are null when empty', async () => {
  const { records } = await rows(
    'SELECT Id, (SELECT Id FROM Opportunities WHERE IsClosed = false ORDER BY Amount DESC NULLS LAST, Id LIMIT 2), (SELECT Id, Account.Name FROM Cases) FROM Account ORDER BY Id LIMIT 60',
  );

  expect(records).toHaveLength(60);
  for (const record of records) {
    const children = record.Opportunities as Rows | null;
    const expected = idsOf(
      'SELECT id FROM sf_opportunity WHERE account_id = ? AND is_closed = 0 ORDER BY amount DESC NULLS LAST, id LIMIT 2',
      String(record.Id),
    );
    expect(children ? ids(children) : []).toEqual(expected);
    const cases = record.Cases as Rows | null;
    expect(cases?.totalSize ?? 0).toBe(idsOf('SELECT id FROM sf_case WHERE account_id = ?', String(record.Id)).length);
  }
});

test('aggregates group, name their columns and keep cents exact', async () => {
  const { records } = await rows(
    'SELECT StageName stage, Probability, COUNT(Id), SUM(Amount) total, MIN(CloseDate) FROM Opportunity WHERE IsClosed = false GROUP BY StageName, Probability HAVING COUNT(Id) > 1 ORDER BY StageName',
  );
  const expected = org.sql(
    'SELECT stage, probability, count(*) AS n, sum(amount) AS total, min(close_date) AS first FROM sf_opportunity WHERE is_closed = 0 GROUP BY 1, 2 HAVING n > 1 ORDER BY 1',
  );

  expect(records).toEqual(
    expected.map(({ stage, probability, n, total, first }) => ({
      attributes: { type: 'AggregateResult' },
      stage,
      Probability: probability,
      expr0: n,
      total: Number(total) / 100,
      expr1: first,
    })),
  );
});

test('COUNT() has a total and no records', async () => {
  const [count] = org.sql('SELECT count(*) AS n FROM sf_case WHERE is_closed = 0');

  expect(await rows('SELECT COUNT() FROM Case WHERE IsClosed = false')).toEqual({
    totalSize: count?.n,
    done: true,
    records: [],
  });
});

test('values are bound: a quote in a literal changes nothing but the value', async () => {
  const { totalSize } = await rows("SELECT Id FROM Account WHERE Name = 'x\\' OR Name != \\'' OR Name LIKE '\\\\%\\_'");

  expect(totalSize).toBe(0);
});

test.each([
  ['SELECT Id FROM', 400, 'MALFORMED_QUERY', /^unexpected token: '<EOF>'$/],
  [
    "SELECT Id FROM Account WHERE Name = 'a' AND Type = 'b' OR Type = 'c'",
    400,
    'MALFORMED_QUERY',
    /unexpected token: 'OR'/,
  ],
  [
    'SELECT Id, Foo FROM Account',
    400,
    'INVALID_FIELD',
    /ERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Account'\./,
  ],
  ['SELECT Id, Boss.Name FROM Account', 400, 'INVALID_FIELD', /Didn't understand relationship 'Boss' in field path/],
  ['SELECT Id FROM ScratchOrgInfo', 400, 'INVALID_TYPE', /sObject type 'ScratchOrgInfo' is not supported\./],
  ['SELECT Id, (SELECT Id FROM Deals) FROM Account', 400, 'INVALID_TYPE', /relationship 'Deals' in FROM part/],
  ['SELECT Id FROM Account OFFSET 2001', 400, 'NUMBER_OUTSIDE_VALID_RANGE', /2000/],
  ["SELECT Id FROM Account WHERE Id = 'nonsense'", 400, 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field: nonsense/],
  ["SELECT Id FROM Opportunity WHERE Amount = 'much'", 400, 'INVALID_FIELD', /field 'Amount' must be of type double/],
  ['SELECT Name, COUNT(Id) FROM Account GROUP BY Type', 400, 'MALFORMED_QUERY', /must be grouped or aggregated: Name/],
  ['SELECT FIELDS(ALL) FROM Account', 400, 'MALFORMED_QUERY', /LIMIT/],
])('%s is refused', async (soql, status, errorCode, message) => {
  const answer = await org.query(soql);

  expect(answer.status).toBe(status);
  expect(answer.body).toEqual([{ errorCode, message: expect.stringMatching(message) }]);
});

test('200 accounts with three child subqueries answer in a few milliseconds', async () => {
  const list = idsOf('SELECT id FROM sf_account ORDER BY id LIMIT 200').map((id) => `'${id}'`);
  const soql = `SELECT Id, Name, Owner.Name, (SELECT Id, Name, StageName, Amount FROM Opportunities ORDER BY CloseDate LIMIT 50), (SELECT Id, Subject FROM Cases WHERE IsClosed = false), (SELECT Id, Name FROM Contacts) FROM Account WHERE Id IN (${list})`;
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    org.vendor.control.clearCalls();
    await rows(`${soql} LIMIT ${300 + round}`);
    times.push(org.vendor.control.calls[0]?.ms ?? 0);
  }

  expect(Math.min(...times)).toBeLessThan(10);
});

test('polymorphic parents have what all names have, TYPEOF the rest', async () => {
  const { records } = await rows(
    'SELECT Id, What.Type, What.Name, Who.Name, TYPEOF What WHEN Account THEN Industry, Name ELSE Name END FROM Task ORDER BY Id LIMIT 30',
  );
  const expected = org.sql(
    'SELECT t.id, a.name AS account, o.name AS deal FROM sf_task t LEFT JOIN sf_account a ON a.id = t.what_id LEFT JOIN sf_opportunity o ON o.id = t.what_id ORDER BY t.id LIMIT 30',
  );

  expect(records.map(({ What }) => (What as { Name: string }).Name)).toEqual(
    expected.map(({ account, deal }) => account ?? deal),
  );
  const accounts = records.filter(
    ({ What }) => (What as { attributes: { type: string } }).attributes.type === 'Account',
  );
  expect(accounts.every(({ What }) => 'Industry' in (What as object))).toBe(true);
});

test('FIELDS() chooses standard, custom or all fields', async () => {
  const fields = async (which: string) =>
    Object.keys((await rows(`SELECT FIELDS(${which}) FROM Account LIMIT 1`)).records[0] ?? {});

  expect(await fields('CUSTOM')).toEqual(['attributes', 'External_Id__c']);
  expect(await fields('STANDARD')).not.toContain('External_Id__c');
  expect(await fields('ALL')).toEqual(expect.arrayContaining(['Name', 'External_Id__c', 'BillingAddress']));
});

test('toLabel and FORMAT change how a value is shown', async () => {
  const { records } = await rows(
    'SELECT toLabel(StageName), FORMAT(Amount), FORMAT(CloseDate) closes FROM Opportunity WHERE Amount > 1000 ORDER BY Id LIMIT 1',
  );

  expect(records[0]).toEqual({
    attributes: expect.anything(),
    StageName: expect.any(String),
    Amount: expect.stringMatching(/^\$[\d,]+\.\d\d$/),
    closes: expect.stringMatching(/^\d+\/\d+\/\d{4}$/),
  });
});

test('a history row for every stage, the last as the deal is', async () => {
  const { records } = await rows(
    'SELECT StageName, (SELECT StageName FROM OpportunityHistories ORDER BY CreatedDate DESC, Id DESC LIMIT 1) FROM Opportunity ORDER BY Id LIMIT 50',
  );

  for (const { StageName, OpportunityHistories } of records) {
    expect((OpportunityHistories as Rows).records[0]?.StageName).toBe(StageName);
  }
});
