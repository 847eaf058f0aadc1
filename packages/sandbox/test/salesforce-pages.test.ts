import type { Org } from './salesforce-support.ts';
import { startOrg } from './salesforce-support.ts';

type Row = { Id: string } & Record<string, unknown>;
type Page = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: Row[] };

let org: Org;
let at = Date.parse('2026-11-23T12:00:00Z');
beforeAll(async () => {
  org = await startOrg(1500, { now: () => at, idleMs: Number.POSITIVE_INFINITY, shortPages: 0 });
});
afterAll(() => org.close());

const first = async (soql: string, batchSize = 2000, on = org) =>
  (await on.query(soql, { 'sforce-query-options': `batchSize=${batchSize}` })).body as Page;
const next = (url = '', batchSize = 2000, on = org) =>
  on.get(url.replace(/^\/services\/data\/v57\.0/, ''), { 'sforce-query-options': `batchSize=${batchSize}` });

async function readAll(start: Page, batchSize: number, on = org): Promise<Page[]> {
  const pages = [start];
  for (let page = start; !page.done; page = pages.at(-1) as Page) {
    pages.push((await next(page.nextRecordsUrl, batchSize, on)).body as Page);
  }
  return pages;
}

const ids = (sql: string) => org.sql(sql).map(({ id }) => String(id));

test('long answers come in pages that hold every record once', async () => {
  const pages = await readAll(await first('SELECT Id FROM Opportunity', 250), 250);
  const seen = pages.flatMap(({ records }) => records.map(({ Id }) => Id));
  const all = ids('SELECT id FROM sf_opportunity');

  expect(pages.slice(0, -1).every(({ records }) => records.length === 250)).toBe(true);
  expect(pages).toHaveLength(Math.ceil(all.length / 250));
  expect(seen.toSorted()).toEqual(all.toSorted());
});

test('some pages are shorter than asked, and hold every record once all the same', async () => {
  const moody = await startOrg(1500, { shortPages: 0.5 });
  const pages = await readAll(await first('SELECT Id FROM Opportunity', 250, moody), 250, moody);
  await moody.close();
  const seen = pages.flatMap(({ records }) => records.map(({ Id }) => Id));
  const lengths = pages.slice(0, -1).map(({ records }) => records.length);

  expect(lengths).toContain(250);
  expect(lengths.some((length) => length < 250)).toBe(true);
  expect(lengths.every((length) => length >= 125 && length <= 250)).toBe(true);
  expect(seen.toSorted()).toEqual(ids('SELECT id FROM sf_opportunity').toSorted());
});

test('rows with children: up to 500 on a page, and up to 2,000 with their children', async () => {
  const cases = await first('SELECT Id, (SELECT Id FROM Cases LIMIT 1) FROM Account');
  const soql = 'SELECT Id, (SELECT Id FROM Cases), (SELECT Id FROM Contacts), (SELECT Id FROM Tasks) FROM Account';
  const pages = await readAll(await first(soql), 2000);
  const seen = pages.flatMap(({ records }) => records.map(({ Id }) => Id));

  expect(cases).toMatchObject({ totalSize: 1500, records: { length: 500 } });
  for (const { records } of pages) {
    const children = records.flatMap(({ Cases, Contacts, Tasks }) => [Cases, Contacts, Tasks] as (Page | null)[]);
    const rows = records.length + children.reduce((sum, list) => sum + (list?.records.length ?? 0), 0);
    expect(rows).toBeLessThanOrEqual(2000);
  }
  expect(seen.toSorted()).toEqual(ids('SELECT id FROM sf_account').toSorted());
});

test('a long list of children goes on behind a locator of its own', async () => {
  const [account, other] = ids('SELECT id FROM sf_account ORDER BY id LIMIT 2');
  org.world.db.exec(
    `UPDATE sf_opportunity SET account_id = '${account}' WHERE id IN (SELECT id FROM sf_opportunity ORDER BY id LIMIT 1200)`,
  );
  const soql = `SELECT Id, (SELECT Id FROM Opportunities ORDER BY Id), (SELECT Id FROM Cases) FROM Account WHERE Id IN ('${account}', '${other}') ORDER BY Id`;
  const { records } = await first(soql);
  const start = records[0]?.Opportunities as Page;
  const pages = await readAll(start, 2000);
  const again = (await next(start.nextRecordsUrl)).body;
  const small = (await first(soql, 200)).records[0]?.Opportunities as Page;
  const expected = ids(`SELECT id FROM sf_opportunity WHERE account_id = '${account}' ORDER BY id`);

  expect(start).toMatchObject({ totalSize: expected.length, done: false });
  expect(start.nextRecordsUrl).toMatch(/^\/services\/data\/v57\.0\/query\/01g\w{15}-499$/);
  expect(pages.map((page) => page.totalSize)).toEqual(pages.map(() => expected.length));
  expect(pages.flatMap((page) => page.records.map(({ Id }) => Id))).toEqual(expected);
  expect(again).toEqual(pages[1]);
  expect((records[0]?.Cases as Page | null)?.done ?? true).toBe(true);
  expect(small.records).toHaveLength(199);
});

test('a locator ends after two days, and one that never was is refused as well', async () => {
  const { nextRecordsUrl } = await first('SELECT Id FROM Opportunity', 200);
  at += 47 * 3_600_000;
  const inTime = await next(nextRecordsUrl, 200);
  at += 2 * 3_600_000;
  const late = await next(nextRecordsUrl, 200);
  const unknown = await next('/query/01gHs00000000ZZAAA-500');
  const refused = [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }];

  expect(inTime.status).toBe(200);
  expect([late.status, late.body]).toEqual([400, refused]);
  expect([unknown.status, unknown.body]).toEqual([400, refused]);
});

test('before version 56 the eleventh open query ends the first', async () => {
  const open = async (version: string) => {
    const url = `${org.vendor.url}/services/data/${version}/query?q=SELECT+Id+FROM+OpportunityHistory`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${org.token}` } });
    return String(((await response.json()) as Page).nextRecordsUrl);
  };
  const read = async (url: string) =>
    (await fetch(`${org.vendor.url}${url}`, { headers: { authorization: `Bearer ${org.token}` } })).status;
  const old: string[] = [];
  for (let count = 0; count < 11; count += 1) old.push(await open('v55.0'));
  const statuses = await Promise.all(old.map(read));
  const recent: string[] = [];
  for (let count = 0; count < 11; count += 1) recent.push(await open('v56.0'));

  expect(statuses).toEqual([400, ...Array(10).fill(200)]);
  expect(await Promise.all(recent.map(read))).toEqual(Array(11).fill(200));
});

test('totals of groups do not come in pages', async () => {
  const { status, body } = await org.query('SELECT Id, COUNT(Name) FROM Opportunity GROUP BY Id');
  const limited = await org.query('SELECT Id, COUNT(Name) FROM Opportunity GROUP BY Id LIMIT 2000');

  expect([status, body]).toEqual([
    400,
    [{ errorCode: 'EXCEEDED_ID_LIMIT', message: expect.stringMatching(/does not support queryMore/) }],
  ]);
  expect(limited.body).toMatchObject({ totalSize: 2000, done: true });
});
