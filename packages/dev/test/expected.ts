import type { World } from '@customer360/sandbox/world/world';

/**
 * What the product has to answer, computed from the world's tables alone: integer cents and BigInt, no code of ours.
 */
type Row = Record<string, string | number | null>;

const rows = (world: World, sql: string, ...values: (string | number)[]) =>
  world.db.prepare(sql).all(...values) as Row[];

const print = (cents: number | bigint) => {
  const text = String(cents).replace('-', '').padStart(3, '0');
  return `${Number(cents) < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
};

/** An account that one ERP customer claims, with open invoices and people. */
export function richAccount(world: World): string {
  const [row] = rows(
    world,
    `SELECT a.id FROM sf_account a
     WHERE (SELECT count(*) FROM ns_customer WHERE external_id = a.id) = 1
       AND EXISTS (SELECT 1 FROM mk_lead WHERE sf_account_id = a.id AND last_moment_date IS NOT NULL)
       AND EXISTS (SELECT 1 FROM sf_case WHERE account_id = a.id AND is_closed = 0)
       AND (SELECT count(*) FROM ns_transaction t JOIN ns_customer c ON c.id = t.customer_id
            WHERE c.external_id = a.id AND t.type = 'CustInvc' AND t.unpaid > 0) > 0
     ORDER BY a.id LIMIT 1`,
  );
  return String(row?.id);
}

/** Accounts with exactly one ERP customer that was billed, a deal, and people with a score. */
export function fullAccounts(world: World): string[] {
  return rows(
    world,
    `SELECT a.id FROM sf_account a JOIN ns_customer c ON c.external_id = a.id
     WHERE EXISTS (SELECT 1 FROM mk_lead WHERE sf_account_id = a.id AND lead_score IS NOT NULL)
       AND EXISTS (SELECT 1 FROM sf_opportunity WHERE account_id = a.id AND is_closed = 0)
       AND EXISTS (SELECT 1 FROM ns_transaction WHERE customer_id = c.id AND type = 'CustInvc')
     GROUP BY a.id HAVING count(DISTINCT c.id) = 1 ORDER BY a.id`,
  ).map((row) => String(row.id));
}

export function accountIds(world: World, count: number): string[] {
  return rows(world, 'SELECT id FROM sf_account ORDER BY id LIMIT ?', count).map((row) => String(row.id));
}

/** Accounts that more than one ERP customer claims. */
export function contestedIds(world: World): string[] {
  const sql =
    'SELECT external_id id FROM ns_customer GROUP BY external_id HAVING external_id IS NOT NULL AND count(*) > 1';
  return rows(world, `${sql} ORDER BY id`).map((row) => String(row.id));
}

/** What each account shows, by system; no figures where no single ERP customer claims it, and no list where two do. */
export function expectedCustomer(world: World, accountId: string) {
  const [account] = rows(world, 'SELECT * FROM sf_account WHERE id = ?', accountId);
  const customers = rows(world, 'SELECT * FROM ns_customer WHERE external_id = ?', accountId);
  const leads = rows(world, 'SELECT * FROM mk_lead WHERE sf_account_id = ?', accountId);
  const scores = leads.flatMap((lead) => (lead.lead_score === null ? [] : [Number(lead.lead_score)]));
  const base = {
    name: account?.name ?? null,
    customers: customers.length,
    engagementScore: scores.length === 0 ? null : Math.min(100, Math.max(0, ...scores)),
  };
  const [customer] = customers;
  if (!customer) return { ...base, openBalance: null, creditLimit: null, openInvoices: [] };
  if (customers.length > 1) return { ...base, openBalance: null, creditLimit: null, openInvoices: null };

  const [{ unpaid, unapplied } = {}] = rows(
    world,
    'SELECT coalesce(sum(unpaid), 0) unpaid, coalesce(sum(unapplied), 0) unapplied FROM ns_transaction WHERE customer_id = ?',
    Number(customer.id),
  );
  const openInvoices = rows(
    world,
    `SELECT tran_id, total, due_date FROM ns_transaction WHERE customer_id = ? AND type = 'CustInvc' AND unpaid > 0
     ORDER BY tran_date DESC, id DESC`,
    Number(customer.id),
  ).map((row) => ({
    invoiceNumber: row.tran_id,
    amount: Number(row.total) / 100,
    dueDate: row.due_date,
    daysOverdue: Math.max(0, Math.round((Date.parse(world.today) - Date.parse(String(row.due_date))) / 86_400_000)),
  }));
  return {
    ...base,
    openBalance: (Number(unpaid) - Number(unapplied)) / 100,
    creditLimit: customer.credit_limit === null ? null : Number(customer.credit_limit) / 100,
    openInvoices,
  };
}

export function expectedOpportunities(world: World) {
  return rows(
    world,
    `SELECT o.id, a.name account, o.stage, o.amount, o.probability, o.close_date FROM sf_opportunity o
     LEFT JOIN sf_account a ON a.id = o.account_id WHERE o.is_closed = 0`,
  ).map((row) => ({
    id: row.id,
    accountName: row.account ?? '(no account)',
    stage: row.stage,
    amount: row.amount === null ? null : Number(row.amount) / 100,
    probability: row.probability,
    closeDate: row.close_date,
  }));
}

const half = (numerator: bigint, denominator: bigint) => {
  const [quotient, rest] = [numerator / denominator, numerator % denominator];
  const twice = rest * 2n;
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
};

/** Company figures in base currency: amounts as text with two decimals, margin in percent. */
export function expectedFinancials(world: World) {
  // One unit is a cent, times a millionth from the rate, times 1/12 from the period, times 52 weeks over 12 months.
  let mrr = 0n;
  for (const row of rows(
    world,
    `SELECT recur_weekly w, recur_monthly m, recur_quarterly q, recur_annually a, exchange_rate rate FROM ns_transaction
     WHERE type = 'SalesOrd' AND status NOT IN ('A', 'C', 'H') AND start_date <= ? AND (end_date IS NULL OR end_date >= ?)`,
    world.today,
    world.today,
  )) {
    const rate = BigInt(Math.round(Number(row.rate) * 1e6));
    mrr +=
      (BigInt(Number(row.w)) * 52n + BigInt(Number(row.m)) * 12n + BigInt(Number(row.q)) * 4n + BigInt(Number(row.a))) *
      rate;
  }
  const [{ cash } = {}] = rows(
    world,
    `SELECT sum(p.amount) cash FROM ns_posting p JOIN ns_account a ON a.id = p.account_id WHERE a.type = 'Bank'`,
  );
  const thisMonth = `${world.today.slice(0, 7)}-01`;
  const months = (back: number) => {
    const [year, month] = thisMonth.split('-').map(Number) as [number, number];
    return new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10);
  };
  const sum = (type: string, from: string) =>
    Number(
      rows(
        world,
        `SELECT coalesce(sum(p.amount), 0) s FROM ns_posting p JOIN ns_account a ON a.id = p.account_id
         JOIN ns_transaction t ON t.id = p.transaction_id JOIN ns_period ap ON ap.id = t.period_id
         WHERE a.type = ? AND ap.start_date >= ? AND ap.start_date < ?`,
        type,
        from,
        thisMonth,
      )[0]?.s,
    );
  const income = -sum('Income', months(12));
  const cogs = sum('COGS', months(12));
  return {
    mrr: Number(print(half(mrr, 12_000_000n))),
    arr: Number(print(half(mrr, 1_000_000n))),
    cashOnHand: Number(cash) / 100,
    grossMargin: Math.round(((income - cogs) / income) * 10_000) / 100,
    burnRate: Math.round(-sum('Bank', months(3)) / 3) / 100,
  };
}

export function expectedStages(world: World) {
  return rows(
    world,
    `SELECT stage, count(*) n, coalesce(sum(amount), 0) total, sum(coalesce(amount, 0) * probability) weighted
     FROM sf_opportunity WHERE is_closed = 0 GROUP BY stage`,
  ).map((row) => ({
    stage: row.stage,
    dealCount: row.n,
    totalAmount: Number(row.total) / 100,
    total: { amount: print(Number(row.total)), currency: 'USD' },
    weightedAmount: Number(half(BigInt(Number(row.weighted)), 100n)) / 100,
  }));
}

export function expectedPrograms(world: World) {
  return rows(
    world,
    `SELECT p.id, p.name, (SELECT sum(cost) FROM mk_program_cost WHERE program_id = p.id) cost,
       (SELECT count(*) FROM mk_member WHERE program_id = p.id AND acquired_by = 1) leads
     FROM mk_program p WHERE status = 'on'`,
  ).map((row) => ({
    campaignId: String(row.id),
    name: row.name,
    spend: { amount: `${row.cost}.00`, currency: 'USD' },
    leadsGenerated: row.leads,
  }));
}

/** What one ERP customer has been billed in all, and what of it is past due, in cents. */
export function expectedBilling(world: World, accountId: string) {
  const [row] = rows(
    world,
    `SELECT
       sum(CASE t.type WHEN 'CustInvc' THEN t.total WHEN 'CustCred' THEN -t.total ELSE 0 END) lifetime,
       sum(CASE WHEN t.type = 'CustInvc' AND t.due_date < ? THEN t.unpaid ELSE 0 END) overdue
     FROM ns_transaction t JOIN ns_customer c ON c.id = t.customer_id WHERE c.external_id = ?`,
    world.today,
    accountId,
  );
  return { lifetimeValue: print(Number(row?.lifetime ?? 0)), overdueBalance: print(Number(row?.overdue ?? 0)) };
}

/**
 * Revenue of each program, in cents, by the linear model: a won deal is shared evenly among the successes, up to the
 * end of the closing day, of the people who have a role in it. Fractions of a cent are kept; `deals` counts the shares.
 */
export function expectedAttribution(world: World) {
  const shares = rows(
    world,
    `SELECT o.external_id deal, o.amount amount, m.program_id program FROM mk_opportunity o
     JOIN (SELECT DISTINCT external_opportunity_id, lead_id FROM mk_role) r ON r.external_opportunity_id = o.external_id
     JOIN mk_member m ON m.lead_id = r.lead_id AND m.reached_success = 1 AND substr(m.reached_success_at, 1, 10) <= o.close_date
     WHERE o.is_won = 1 AND o.amount IS NOT NULL`,
  );
  const touches = new Map<string, number>();
  for (const { deal } of shares) touches.set(String(deal), (touches.get(String(deal)) ?? 0) + 1);
  const revenue = new Map<string, { cents: number; deals: number }>();
  for (const { deal, amount, program } of shares) {
    const known = revenue.get(String(program)) ?? { cents: 0, deals: 0 };
    const part = Number(amount) / (touches.get(String(deal)) ?? 1);
    revenue.set(String(program), { cents: known.cents + part, deals: known.deals + 1 });
  }
  const deals = new Map(shares.map(({ deal, amount }) => [deal, Number(amount)]));
  return { revenue, total: [...deals.values()].reduce((sum, amount) => sum + amount, 0) };
}
