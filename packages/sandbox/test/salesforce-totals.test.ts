import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

let org: Org;
beforeAll(async () => {
  org = await startOrg(100);
});
afterAll(() => org.close());

type Row = Record<string, string | number | null>;

async function totals(soql: string): Promise<Row[]> {
  const { status, body } = await org.query(soql);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (body as { records: Row[] }).records;
}

const deals = () => org.sql('SELECT stage, type, lead_source AS source, amount FROM sf_opportunity');

/** What the rows of one level come to, counted by hand: the values kept, how many deals, how much money. */
function count(kept: ('stage' | 'type' | 'source')[]): string[] {
  const groups = Map.groupBy(deals(), (deal) => JSON.stringify(kept.map((name) => deal[name])));
  return [...groups].map(([key, found]) => {
    const cents = found.reduce((sum, { amount }) => sum + Number(amount ?? 0), 0);
    return JSON.stringify([...JSON.parse(key), found.length, cents / 100]);
  });
}

test('ROLLUP adds totals from right to left, and GROUPING tells them from groups without a value', async () => {
  const rows = await totals(
    'SELECT StageName, Type, LeadSource, GROUPING(StageName) s, GROUPING(Type) t, GROUPING(LeadSource) l, COUNT(Id) n, SUM(Amount) total FROM Opportunity GROUP BY ROLLUP(StageName, Type, LeadSource)',
  );
  const level = (s: number, t: number, l: number, names: string[]) =>
    rows
      .filter((row) => row.s === s && row.t === t && row.l === l)
      .map((row) => JSON.stringify([...names.map((name) => row[name] ?? null), row.n, row.total ?? 0]))
      .toSorted();

  expect(level(0, 0, 0, ['StageName', 'Type', 'LeadSource'])).toEqual(count(['stage', 'type', 'source']).toSorted());
  expect(level(0, 0, 1, ['StageName', 'Type'])).toEqual(count(['stage', 'type']).toSorted());
  expect(level(0, 1, 1, ['StageName'])).toEqual(count(['stage']).toSorted());
  expect(level(1, 1, 1, [])).toEqual(count([]));
  expect(rows.filter(({ s, t, l }) => Number(s) > Number(t) || Number(t) > Number(l))).toEqual([]);
  expect(rows[0]).toMatchObject({ attributes: { type: 'AggregateResult' } });
});

test('CUBE adds the totals of every combination, sorted as asked', async () => {
  const rows = await totals(
    'SELECT StageName, Type, GROUPING(StageName) s, GROUPING(Type) t, COUNT(Id) n, SUM(Amount) total FROM Opportunity GROUP BY CUBE(StageName, Type) ORDER BY GROUPING(StageName), GROUPING(Type), StageName DESC NULLS LAST',
  );
  const level = (s: number, t: number, names: string[]) =>
    rows
      .filter((row) => row.s === s && row.t === t)
      .map((row) => JSON.stringify([...names.map((name) => row[name] ?? null), row.n, row.total ?? 0]))
      .toSorted();
  const levels = rows.map(({ s, t }) => Number(s) * 2 + Number(t));
  const stages = rows.filter(({ s, t }) => s === 0 && t === 1).map(({ StageName }) => String(StageName));

  expect(level(0, 1, ['StageName'])).toEqual(count(['stage']).toSorted());
  expect(level(1, 0, ['Type'])).toEqual(count(['type']).toSorted());
  expect(level(1, 1, [])).toEqual(count([]));
  expect(levels).toEqual(levels.toSorted());
  expect(stages).toEqual(stages.toSorted().reverse());
});

test('WHERE, HAVING and LIMIT meet totals as they meet groups', async () => {
  const rows = await totals(
    "SELECT StageName, COUNT(Id) n FROM Opportunity WHERE StageName != 'Closed Won' AND Amount > 1000 GROUP BY ROLLUP(StageName) HAVING COUNT(Id) > 3 ORDER BY COUNT(Id) DESC LIMIT 3",
  );
  const [all] = org.sql("SELECT count(*) AS n FROM sf_opportunity WHERE stage <> 'Closed Won' AND amount > 100000");

  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({ StageName: null, n: all?.n });
  expect(rows.every(({ n }) => Number(n) > 3)).toBe(true);
  expect(await totals("SELECT Type, COUNT(Id) FROM Opportunity WHERE Name = 'none' GROUP BY ROLLUP(Type)")).toEqual([]);
});

test.each([
  'SELECT StageName, GROUPING(StageName), COUNT(Id) FROM Opportunity GROUP BY StageName',
  'SELECT GROUPING(Type), COUNT(Id) FROM Opportunity GROUP BY ROLLUP(StageName)',
  'SELECT COUNT(Id) FROM Opportunity GROUP BY ROLLUP(StageName), Type',
  'SELECT COUNT(Id) FROM Opportunity GROUP BY CUBE(StageName, Type, LeadSource, CampaignId)',
])('%s is refused', async (soql) => {
  const { status, body } = await org.query(soql);

  expect([status, (body as { errorCode: string }[])[0]?.errorCode]).toEqual([400, 'MALFORMED_QUERY']);
});
