import type { World } from '@customer360/sandbox/world/world';
import type { NetSuiteFigures } from './netsuite-figures.ts';
import type { SalesforceFigures } from './salesforce-clients.ts';

type Row = Record<string, string | number | bigint | null>;

function one(world: World, sql: string, ...values: (string | number)[]): Row {
  const statement = world.db.prepare(sql);
  statement.setReadBigInts(true);
  return (statement.get(...values) ?? {}) as Row;
}
const amount = (value: Row[string] | undefined) => BigInt(value ?? 0);

/** A random order that a seed tells (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Customers that all three vendors know, in a random order, at most three of a currency. */
export function pickCustomers(world: World, seed: number, count: number): { accountId: string; currency: string }[] {
  const random = createRandom(seed);
  const candidates = world.db
    .prepare(
      `SELECT a.id, k.symbol FROM sf_account a JOIN ns_customer c ON c.external_id = a.id
       JOIN ns_currency k ON k.id = c.currency_id
       WHERE (SELECT COUNT(*) FROM ns_customer o WHERE o.external_id = a.id) = 1
         AND EXISTS (SELECT 1 FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'CustInvc')
         AND EXISTS (SELECT 1 FROM sf_opportunity o WHERE o.account_id = a.id)
         AND EXISTS (SELECT 1 FROM mk_lead l WHERE l.sf_account_id = a.id) ORDER BY a.id`,
    )
    .all()
    .map((row) => ({ accountId: String(row.id), currency: String(row.symbol), place: random() }))
    .sort((a, b) => a.place - b.place);
  const perCurrency = Map.groupBy(candidates, ({ currency }) => currency);
  const allowed = new Set([...perCurrency.values()].flatMap((list) => list.slice(0, 3)));
  return candidates.filter((each) => allowed.has(each)).slice(0, count);
}

export function netsuiteTruth(world: World, accountId: string): NetSuiteFigures {
  const row = one(
    world,
    `SELECT
       SUM(CASE WHEN t.type = 'CustInvc' THEN t.unpaid WHEN t.type IN ('CustCred', 'CustPymt') THEN -t.unapplied ELSE 0 END) AS open,
       SUM(CASE WHEN t.type = 'CustInvc' AND t.due_date < ?1 THEN t.unpaid ELSE 0 END) AS overdue,
       SUM(CASE t.type WHEN 'CustInvc' THEN t.total WHEN 'CustCred' THEN -t.total ELSE 0 END) AS lifetime,
       SUM(CASE t.type WHEN 'CustInvc' THEN t.total ELSE 0 END) AS invoiced,
       SUM(CASE t.type WHEN 'CustPymt' THEN t.total ELSE 0 END) AS paid,
       SUM(CASE WHEN t.type = 'SalesOrd' AND t.status NOT IN ('A', 'C', 'H') AND t.start_date <= ?1
             AND (t.end_date IS NULL OR t.end_date >= ?1)
           THEN (t.recur_weekly * 52 + t.recur_monthly * 12 + t.recur_quarterly * 4 + t.recur_annually)
             * CAST(ROUND(t.exchange_rate * 1000000) AS INTEGER) ELSE 0 END) AS recurring
     FROM ns_transaction t JOIN ns_customer c ON c.id = t.customer_id WHERE c.external_id = ?2`,
    world.today,
    accountId,
  );
  return {
    openBalance: amount(row.open),
    overdue: amount(row.overdue),
    lifetimeValue: amount(row.lifetime),
    invoiced: amount(row.invoiced),
    paid: amount(row.paid),
    annualRecurring: amount(row.recurring),
  };
}

export function salesforceTruth(world: World, accountId: string): SalesforceFigures {
  const row = one(
    world,
    `SELECT SUM((is_closed = 0) * coalesce(amount, 0)) AS open, SUM((is_closed = 0) * coalesce(amount, 0) * probability) AS weighted,
       SUM(is_won * coalesce(amount, 0)) AS won,
       (SELECT COUNT(*) FROM sf_case WHERE account_id = ?1 AND is_closed = 0) AS cases
     FROM sf_opportunity WHERE account_id = ?1`,
    accountId,
  );
  return {
    openPipeline: amount(row.open),
    weightedPipeline: amount(row.weighted),
    won: amount(row.won),
    openCases: amount(row.cases),
  };
}

export function marketoTruth(world: World, accountId: string) {
  const row = one(
    world,
    `SELECT (SELECT COUNT(*) FROM mk_lead WHERE sf_account_id = ?1) AS leads,
       (SELECT SUM(amount) FROM mk_opportunity d WHERE is_won = 1
         AND EXISTS (SELECT 1 FROM mk_role r JOIN mk_member m ON m.lead_id = r.lead_id AND m.reached_success = 1
           AND date(m.reached_success_at) <= d.close_date WHERE r.external_opportunity_id = d.external_id)
         AND EXISTS (SELECT 1 FROM mk_role r JOIN mk_lead l ON l.id = r.lead_id
           WHERE r.external_opportunity_id = d.external_id AND l.sf_account_id = ?1)) AS revenue`,
    accountId,
  );
  return { leads: amount(row.leads), revenue: amount(row.revenue) };
}
