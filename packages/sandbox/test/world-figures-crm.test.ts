import { openWorld } from '../src/world/world.ts';
import type { Row } from './world-support.ts';
import { byKey, money, read, sum, today } from './world-support.ts';

describe.each([1, 8])('in a world of seed %i', (seed) => {
  const world = openWorld({ seed, size: 500, today });
  afterAll(() => world.close());

  test('the pipeline is the same by deals, by the last line of their histories and in Marketo', () => {
    const deals = read(
      world,
      `SELECT id AS key, stage, COALESCE(amount, 0) AS amount, probability FROM sf_opportunity WHERE is_closed = 0 ORDER BY id`,
    );
    const histories = read(
      world,
      `SELECT opportunity_id AS key, stage, COALESCE(amount, 0) AS amount, probability FROM sf_opportunity_history h
       WHERE created_at = (SELECT MAX(created_at) FROM sf_opportunity_history WHERE opportunity_id = h.opportunity_id)
       AND forecast_category = 'Pipeline' ORDER BY 1`,
    );
    const weighted = (rows: Row[]) =>
      byKey(rows.map(({ stage, amount, probability }) => ({ key: stage, value: money(amount) * money(probability) })));
    expect(weighted(deals).size).toBe(8);
    expect(weighted(histories)).toEqual(weighted(deals));
    expect(histories).toEqual(deals);
    const amounts = byKey(deals.map(({ key, amount }) => ({ key, value: money(amount) })));
    const synced = read(
      world,
      'SELECT external_id AS key, COALESCE(amount, 0) AS amount FROM mk_opportunity WHERE is_closed = 0',
    );
    for (const { key, amount } of synced) expect(money(amount)).toBe(amounts.get(String(key)) ?? 0n);
  });

  test('attributed revenue is the same by memberships and by what the activity log says happened', () => {
    const members = read(
      world,
      `SELECT lead_id AS lead, program_id AS program, substr(reached_success_at, 1, 10) AS day FROM mk_member
       WHERE reached_success = 1`,
    );
    const activities = read(world, 'SELECT lead_id, primary_id, at, attributes FROM mk_activity WHERE type_id = 104')
      .filter(({ attributes }) => JSON.parse(String(attributes)).Success === true)
      .map(({ lead_id, primary_id, at }) => ({
        lead: lead_id ?? null,
        program: primary_id ?? null,
        day: String(at).slice(0, 10),
      }));
    const asMarketo = read(
      world,
      `SELECT o.external_id AS deal, o.amount, o.close_date AS day, r.lead_id AS lead FROM mk_opportunity o
       JOIN mk_role r ON r.external_opportunity_id = o.external_id WHERE o.is_won = 1 AND o.amount IS NOT NULL`,
    );
    const asSalesforce = read(
      world,
      `SELECT o.id AS deal, o.amount, o.close_date AS day, r.lead_id AS lead FROM mk_role r
       JOIN sf_opportunity o ON o.id = r.external_opportunity_id WHERE o.stage = 'Closed Won' AND o.amount > 0`,
    );
    const one = attribute(asMarketo, members);
    expect(one.size).toBeGreaterThan(10);
    expect(attribute(asSalesforce, activities)).toEqual(one);

    const touched = new Set(asMarketo.filter((role) => touchesOf(role, members).length > 0).map(({ deal }) => deal));
    const amounts = new Map(asMarketo.map(({ deal, amount }) => [deal, money(amount)]));
    expect(sum([...one.values()])).toBe(sum([...touched].map((deal) => amounts.get(deal) ?? 0n)) * parts);
  });

  test('the people a program brought in are the same by memberships, by the log and by the people themselves', () => {
    const members = read(world, 'SELECT program_id AS key, lead_id FROM mk_member WHERE acquired_by = 1');
    const leads = read(world, 'SELECT acquisition_program_id AS key FROM mk_lead WHERE acquisition_program_id > 0');
    const log = read(world, 'SELECT primary_id AS key, attributes FROM mk_activity WHERE type_id = 104').filter(
      ({ attributes }) => JSON.parse(String(attributes))['Acquired By'] === true,
    );
    const counted = (rows: Row[]) => byKey(rows.map(({ key }) => ({ key, value: 1n })));
    expect(counted(members).size).toBeGreaterThan(10);
    expect(counted(leads)).toEqual(counted(members));
    expect(counted(log)).toEqual(counted(members));
  });
});

/** A cent is cut into so many parts that every share of up to 23 touches is a whole number of them. */
const parts = 5_354_228_880n;

/** A role's person's successes up to the end of the closing day. */
const touchesOf = (role: Row, touches: Row[]) =>
  touches.filter(({ lead, day }) => lead === role.lead && String(day) <= String(role.day));

/** Each program's revenue by the linear model, in parts of a cent. */
function attribute(roles: Row[], touches: Row[]): Map<string, bigint> {
  const people = new Map(roles.map((role) => [`${role.deal} ${role.lead}`, role]));
  const earned = [...people.values()].flatMap((role) =>
    touchesOf(role, touches).map(({ program }) => ({ deal: role.deal, program, amount: money(role.amount) })),
  );
  const count = byKey(earned.map(({ deal }) => ({ key: deal, value: 1n })));
  return byKey(
    earned.map(({ deal, program, amount }) => ({
      key: program,
      value: (amount * parts) / (count.get(String(deal)) ?? 1n),
    })),
  );
}
