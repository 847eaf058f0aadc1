import type { ReadName } from './reads.ts';
import { clientAt, idsIn, readNames, readsOf } from './reads.ts';
import type { Room, Row } from './support.ts';

const number = (cents: unknown) => (cents === null ? null : Number(cents) / 100);
const accountSql = 'SELECT a.*, u.name AS owner FROM sf_account a JOIN sf_user u ON u.id = a.owner_id';
const dealSql = `SELECT o.*, a.name AS account, u.name AS owner FROM sf_opportunity o
  LEFT JOIN sf_account a ON a.id = o.account_id JOIN sf_user u ON u.id = o.owner_id`;
const caseSql = 'SELECT c.*, a.name AS account FROM sf_case c LEFT JOIN sf_account a ON a.id = c.account_id';

const toAccount = (row: Row) => ({
  Id: row.id,
  Name: row.name,
  Industry: row.industry,
  NumberOfEmployees: row.employees,
  AnnualRevenue: number(row.annual_revenue),
  Website: row.website,
  OwnerId: row.owner_id,
  Owner: { Name: row.owner },
});
const toDeal = (row: Row) => ({
  Id: row.id,
  Name: row.name,
  AccountId: row.account_id,
  Account: row.account === null ? null : { Name: row.account },
  StageName: row.stage,
  Amount: number(row.amount),
  Probability: row.probability,
  CloseDate: row.close_date,
  IsClosed: row.is_closed === 1,
  Owner: { Name: row.owner },
});
const toCase = (row: Row) => ({
  Id: row.id,
  CaseNumber: row.case_number,
  AccountId: row.account_id,
  Account: row.account === null ? null : { Name: row.account },
  Subject: row.subject,
  Status: row.status,
  Priority: row.priority,
});

/** What each read has to give, by SQL alone. */
const expected: Record<ReadName, (room: Room) => unknown> = {
  account: ({ sql }) => sql(`${accountSql} ORDER BY a.id`).map(toAccount),
  opportunity: ({ sql }) => sql(`${dealSql} ORDER BY o.id`).map(toDeal),
  ticket: ({ sql }) => sql(`${caseSql} ORDER BY c.id`).map(toCase),
  opportunitiesOf: ({ sql, world }) => {
    const rows = Map.groupBy(sql(`${dealSql} ORDER BY o.close_date, o.id`), (row) => row.account_id);
    return idsIn(world).accounts.map((id) => (rows.get(id) ?? []).slice(0, 50).map(toDeal));
  },
  openTicketsOf: ({ sql, world }) => {
    const rows = Map.groupBy(
      sql(`${caseSql} WHERE c.is_closed = 0 ORDER BY c.created_at DESC, c.id`),
      (row) => row.account_id,
    );
    return idsIn(world).accounts.map((id) => (rows.get(id) ?? []).slice(0, 20).map(toCase));
  },
  opportunities: ({ sql }) => sql(`${dealSql} ORDER BY o.close_date, o.id`).map(toDeal),
  deals: ({ sql }) => ({ deals: sql(`${dealSql} WHERE o.is_closed = 0 ORDER BY o.close_date, o.id`).map(toDeal) }),
  dealTotals: ({ sql }) => {
    const [row] = sql('SELECT count(*) n, sum(amount) s FROM sf_opportunity WHERE is_closed = 0');
    return { count: row?.n, amount: number(row?.s ?? 0) };
  },
  customers: ({ sql }) => sql(`${accountSql} ORDER BY a.name COLLATE NOCASE, a.id`).map(toAccount),
  customerCount: ({ sql }) => sql('SELECT count(*) n FROM sf_account')[0]?.n,
  stages: ({ sql }) => ({
    stages: expect.arrayContaining(
      sql(
        'SELECT stage, count(*) n, coalesce(sum(amount), 0) s FROM sf_opportunity WHERE is_closed = 0 GROUP BY stage',
      ).map((row) => expect.objectContaining({ stage: row.stage, dealCount: row.n, total: String(number(row.s)) })),
    ),
  }),
};

/** Every read of the interface gives what the world holds. */
export function describeReads(room: () => Room): void {
  test.each(readNames)('%s is what the world holds', async (name) => {
    const found = await readsOf(idsIn(room().world))[name](clientAt(room().vendorUrl));
    const wanted = expected[name](room());
    if (Array.isArray(wanted)) expect(wanted.length).toBeGreaterThan(10);
    expect(found).toEqual(withMore(wanted));
  });
}

/** Records may have more than what is compared: when they were read, and times of the vendor's own spelling. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value === 'object' && value !== null && ('Id' in value || 'deals' in value || 'stages' in value)) {
    const entries = Object.entries(value).map(([name, held]) => [name, withMore(held)]);
    return expect.objectContaining(Object.fromEntries(entries));
  }
  return value;
}
