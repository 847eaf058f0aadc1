import type { World } from '@customer360/sandbox/world/world';
import type { ReadName } from './reads.ts';
import { clientAt, idsIn, readNames, readsOf } from './reads.ts';

export interface ReadRoom {
  url: string;
  world: World;
}

type Row = Record<string, unknown>;
const all = ({ db }: World, sql: string): Row[] => db.prepare(sql).all();
const money = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: 'USD' });

const toPerson = (row: Row) =>
  expect.objectContaining({
    id: String(row.id),
    accountId: row.sf_account_id,
    email: row.email,
    leadSource: row.lead_source,
    score: row.lead_score,
    createdAt: new Date(String(row.created_at)).toISOString(),
    updatedAt: new Date(String(row.updated_at)).toISOString(),
  });
const toCampaign = (row: Row) =>
  expect.objectContaining({
    id: String(row.id),
    name: row.name,
    channel: row.channel,
    status: row.status || null,
    createdAt: new Date(String(row.created_at)).toISOString(),
  });

/** An even split of each won deal among the successes before it closed; the first of them take the odd cents. */
const sharesSql = `
  WITH touch AS (
    SELECT o.external_id deal, o.amount, m.program_id program,
      count(*) OVER (PARTITION BY o.external_id) n,
      row_number() OVER (PARTITION BY o.external_id ORDER BY m.reached_success_at, m.program_id) k
    FROM mk_opportunity o
      JOIN (SELECT DISTINCT external_opportunity_id, lead_id FROM mk_role) r ON r.external_opportunity_id = o.external_id
      JOIN mk_member m ON m.lead_id = r.lead_id AND m.reached_success = 1
    WHERE o.is_won = 1 AND date(m.reached_success_at) <= o.close_date)
  SELECT p.id, p.name, (SELECT coalesce(sum(cost), 0) FROM mk_program_cost c WHERE c.program_id = p.id) spend,
    (SELECT count(*) FROM mk_member m WHERE m.program_id = p.id AND m.acquired_by = 1) acquired,
    (SELECT coalesce(sum(amount / n + (k <= amount % n)), 0) FROM touch WHERE program = p.id) cents
  FROM mk_program p ORDER BY p.id`;

/** What each read has to give, by SQL alone. */
const expected: Record<ReadName, (world: World) => unknown[]> = {
  peopleOf(world) {
    const people = Map.groupBy(all(world, 'SELECT * FROM mk_lead ORDER BY id'), (row) => row.sf_account_id);
    return idsIn(world).accounts.map((id) => (people.get(id) ?? []).map(toPerson));
  },
  person: (world) => all(world, 'SELECT * FROM mk_lead ORDER BY id').map(toPerson),
  campaigns: (world) => all(world, 'SELECT * FROM mk_program ORDER BY created_at DESC, id DESC').map(toCampaign),
  campaign: (world) => all(world, 'SELECT * FROM mk_program ORDER BY id').map(toCampaign),
  figures: (world) =>
    all(world, sharesSql).map((row) => ({
      id: String(row.id),
      spend: money(Number(row.spend) * 100),
      attributedRevenue: money(Number(row.cents)),
      leadsGenerated: row.acquired,
    })),
};

/** Every read of the interface gives what the world holds. */
export function describeReads(room: () => ReadRoom): void {
  test.each(readNames)('%s is what the world holds', async (name) => {
    const { url, world } = room();
    const found = await readsOf(idsIn(world))[name](clientAt(url));
    const wanted = expected[name](world);
    expect(wanted.length).toBeGreaterThan(10);
    expect(found).toEqual(wanted);
  });
}
