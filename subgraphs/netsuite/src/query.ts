import type { DocumentsWanted } from './model.ts';

/** A SuiteQL statement whose text holds no caller's value: those travel in `params`, one for each `?`. */
export interface Statement {
  q: string;
  params: string[];
}

/** SuiteQL refuses longer IN lists. */
export const maxInList = 1000;

/** No amount is null in an answer: one that is missing there is a field that is gone, not a zero. */
const selectCustomer = `SELECT c.id AS id, c.externalid AS externalid, c.entityid AS entityid, c.companyname AS companyname,
 cur.symbol AS symbol, BUILTIN.DF(c.terms) AS terms, c.creditlimit AS creditlimit,
 (SELECT COUNT(*) FROM customer d WHERE d.externalid = c.externalid) AS candidates,
 NVL(c.balancesearch, 0) AS balancesearch, NVL(c.overduebalancesearch, 0) AS overduebalancesearch,
 NVL((SELECT SUM(CASE WHEN t.type = 'CustInvc' THEN t.foreigntotal ELSE -ABS(t.foreigntotal) END) FROM transaction t
 WHERE t.entity = c.id AND t.type IN ('CustInvc', 'CustCred')), 0) AS lifetimevalue
 FROM customer c JOIN currency cur ON cur.id = c.currency`;

export function customersByExternalId(externalIds: readonly string[]): Statement {
  return {
    q: `${selectCustomer} WHERE c.externalid IN (${marks(externalIds)}) ORDER BY c.id`,
    params: [...externalIds],
  };
}

export function customersByInternalId(internalIds: readonly string[]): Statement {
  return { q: `${selectCustomer} WHERE c.id IN (${marks(internalIds)}) ORDER BY c.id`, params: [...internalIds] };
}

const invoiceCondition = {
  open: `(t.type = 'CustInvc' AND t.status = 'A')`,
  paid: `(t.type = 'CustInvc' AND t.status = 'B')`,
  all: `t.type = 'CustInvc'`,
};

/**
 * Begins with the customers, so that one without such documents comes too: who claims an account must be known even
 * when there is nothing to show. The inner list of ids keeps the database from joining every document there is. Dates
 * leave as ISO text: bare date columns follow the account's display format.
 */
export function documents(externalIds: readonly string[], wanted: DocumentsWanted): Statement {
  const kinds = [
    ...(wanted.invoices === 'none' ? [] : [invoiceCondition[wanted.invoices]]),
    ...(wanted.orders ? [`t.type = 'SalesOrd'`] : []),
  ];
  const ids = marks(externalIds);
  return {
    q: `SELECT c.id AS customer, c.externalid AS externalid, d.id AS id, d.type AS type, d.tranid AS tranid,
 d.status AS status, d.trandate AS trandate, d.duedate AS duedate, d.foreigntotal AS foreigntotal,
 d.foreignamountunpaid AS foreignamountunpaid, d.symbol AS symbol
 FROM customer c LEFT JOIN (SELECT o.id AS owner, t.id AS id, t.type AS type, t.tranid AS tranid, t.status AS status,
 TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, TO_CHAR(t.duedate, 'YYYY-MM-DD') AS duedate,
 t.foreigntotal AS foreigntotal, NVL(t.foreignamountunpaid, 0) AS foreignamountunpaid, cur.symbol AS symbol
 FROM transaction t JOIN customer o ON o.id = t.entity JOIN currency cur ON cur.id = t.currency
 WHERE o.externalid IN (${ids}) AND (${kinds.join(' OR ')})) d ON d.owner = c.id
 WHERE c.externalid IN (${ids}) ORDER BY c.id, d.id`,
    params: [...externalIds, ...externalIds],
  };
}

export const ledger: Statement = {
  q: `SELECT a.accttype AS accttype, TO_CHAR(p.startdate, 'YYYY-MM-DD') AS periodstart, SUM(tal.amount) AS amount
 FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction
 JOIN account a ON a.id = tal.account JOIN accountingperiod p ON p.id = t.postingperiod
 WHERE tal.posting = 'T' AND tal.accountingbook = 1 AND a.accttype IN ('Bank', 'Income', 'COGS')
 GROUP BY a.accttype, p.startdate ORDER BY a.accttype, p.startdate`,
  params: [],
};

/** Subscription orders that are neither pending approval (A), cancelled (C) nor closed (H) and run on the given day. */
export function recurring(today: string): Statement {
  return {
    q: `SELECT t.currency AS currency, t.exchangerate AS exchangerate, NVL(SUM(t.recurweekly), 0) AS weekly,
 NVL(SUM(t.recurmonthly), 0) AS monthly, NVL(SUM(t.recurquarterly), 0) AS quarterly, NVL(SUM(t.recurannually), 0) AS annually
 FROM transaction t WHERE t.type = 'SalesOrd' AND t.status NOT IN ('A', 'C', 'H')
 AND t.startdate <= TO_DATE(?, 'YYYY-MM-DD') AND (t.enddate IS NULL OR t.enddate >= TO_DATE(?, 'YYYY-MM-DD'))
 GROUP BY t.currency, t.exchangerate ORDER BY t.currency, t.exchangerate`,
    params: [today, today],
  };
}

function marks(values: readonly string[]): string {
  return values.map(() => '?').join(', ');
}
