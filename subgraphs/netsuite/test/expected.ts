import { daysBetween, monthStart } from '@customer360/sandbox/world/dates';
import type { World } from '@customer360/sandbox/world/world';

/** Cents as the exact decimals that the graph shows. */
export function printCents(cents: number | bigint): string {
  const value = BigInt(cents);
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

type Row = Record<string, string | number | null>;

const all = ({ db }: World, sql: string, ...params: (string | number)[]) => db.prepare(sql).all(...params) as Row[];

const customerSql = `SELECT c.id, c.external_id, c.company_name, cur.symbol, term.name AS terms, c.credit_limit,
  (SELECT COALESCE(SUM(total), 0) FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'CustInvc') AS invoiced,
  (SELECT COALESCE(SUM(total), 0) FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'CustCred') AS credited,
  (SELECT COALESCE(SUM(unpaid), 0) FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'CustInvc') AS unpaid,
  (SELECT COALESCE(SUM(unapplied), 0) FROM ns_transaction t WHERE t.customer_id = c.id) AS unapplied,
  (SELECT COALESCE(SUM(unpaid), 0) FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'CustInvc'
    AND t.due_date < ?) AS overdue
  FROM ns_customer c JOIN ns_currency cur ON cur.id = c.currency_id LEFT JOIN ns_term term ON term.id = c.term_id
  WHERE c.external_id IS NOT NULL ORDER BY c.id`;

export function expectedCustomers(world: World) {
  return all(world, customerSql, world.today).map((row) => ({
    internalId: String(row.id),
    externalId: String(row.external_id),
    companyName: String(row.company_name),
    currency: String(row.symbol),
    terms: row.terms === null ? null : String(row.terms),
    creditLimit: row.credit_limit === null ? null : printCents(Number(row.credit_limit)),
    openBalance: printCents(Number(row.unpaid) - Number(row.unapplied)),
    overdueBalance: printCents(Number(row.overdue)),
    lifetimeValue: printCents(Number(row.invoiced) - Number(row.credited)),
  }));
}

const documentSql = `SELECT t.*, c.external_id AS account_id, cur.symbol FROM ns_transaction t
  JOIN ns_customer c ON c.id = t.customer_id JOIN ns_currency cur ON cur.id = t.currency_id
  WHERE c.external_id IS NOT NULL AND t.type = ? ORDER BY t.id`;

export function expectedInvoices(world: World) {
  return all(world, documentSql, 'CustInvc').map((row) => ({
    internalId: String(row.id),
    number: String(row.tran_id),
    accountId: String(row.account_id),
    date: String(row.tran_date),
    currency: String(row.symbol),
    total: printCents(Number(row.total)),
    state: row.status === 'A' ? 'OPEN' : 'PAID_IN_FULL',
    dueDate: String(row.due_date),
    remaining: printCents(Number(row.unpaid)),
    daysOverdue: row.status === 'A' ? Math.max(0, daysBetween(String(row.due_date), world.today)) : 0,
  }));
}

export function expectedOrders(world: World) {
  return all(world, documentSql, 'SalesOrd').map((row) => ({
    internalId: String(row.id),
    number: String(row.tran_id),
    accountId: String(row.account_id),
    date: String(row.tran_date),
    total: printCents(Number(row.total)),
  }));
}

const glSql = `SELECT COALESCE(SUM(p.amount), 0) AS cents FROM ns_posting p JOIN ns_account a ON a.id = p.account_id
  JOIN ns_transaction t ON t.id = p.transaction_id JOIN ns_period m ON m.id = t.period_id
  WHERE a.type = ? AND m.start_date >= ? AND m.start_date < ?`;

/** Company figures, computed in whole cents and millionths. */
export function expectedFinancials(world: World) {
  const gl = (type: string, from: string, to: string) => Number(all(world, glSql, type, from, to)[0]?.cents);
  const thisMonth = monthStart(world.today);
  const year = monthStart(world.today, -12);
  const income = -gl('Income', year, thisMonth);
  const cogs = gl('COGS', year, thisMonth);
  const burn = -gl('Bank', monthStart(world.today, -3), thisMonth) / 3;
  const orders = all(
    world,
    `SELECT exchange_rate, recur_weekly AS w, recur_monthly AS m, recur_quarterly AS q, recur_annually AS y
     FROM ns_transaction WHERE type = 'SalesOrd' AND status NOT IN ('A', 'C', 'H')
     AND start_date <= ? AND (end_date IS NULL OR end_date >= ?)`,
    world.today,
    world.today,
  );
  const yearly = orders.reduce((sum, { exchange_rate, w, m, q, y }) => {
    const cents = Number(w) * 52 + Number(m) * 12 + Number(q) * 4 + Number(y);
    return sum + BigInt(cents) * BigInt(Math.round(Number(exchange_rate) * 1e6));
  }, 0n);
  return {
    arr: Number(divideHalfEven(yearly, 1_000_000n)) / 100,
    mrr: Number(divideHalfEven(yearly, 12_000_000n)) / 100,
    cashOnHand: gl('Bank', '0000', '9999') / 100,
    grossMargin: Math.round(((income - cogs) / income) * 10_000) / 100,
    burnRate: Math.round(burn) / 100,
  };
}

function divideHalfEven(value: bigint, by: bigint): bigint {
  const whole = value / by;
  const twice = (value % by) * 2n;
  return twice > by || (twice === by && whole % 2n === 1n) ? whole + 1n : whole;
}
