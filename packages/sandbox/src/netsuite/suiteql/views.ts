import type { DatabaseSync } from 'node:sqlite';

/** `'T'` or `'F'`, as SuiteQL spells booleans. */
const flag = (column: string) => `CASE WHEN ${column} THEN 'T' ELSE 'F' END`;
/** Minor units as decimal units. */
const money = (column: string) => `${column} / 100.0`;
const openInvoices = `FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'CustInvc' AND t.posting = 1`;
const openCredits = `FROM ns_transaction t WHERE t.customer_id = c.id AND t.type IN ('CustPymt', 'CustCred') AND t.posting = 1`;

const customer = `SELECT c.id, c.entity_id AS entityid, c.external_id AS externalid, c.company_name AS altname,
  c.company_name AS companyname, ${flag('c.is_person')} AS isperson, c.first_name AS firstname,
  c.last_name AS lastname, c.email, c.phone, NULL AS parent, c.currency_id AS currency,
  (SELECT MIN(t.tran_date) FROM ns_transaction t WHERE t.customer_id = c.id AND t.type = 'SalesOrd') AS firstorderdate,
  c.term_id AS terms, ${money('c.credit_limit')} AS creditlimit,
  (COALESCE((SELECT SUM(t.unpaid) ${openInvoices}), 0) - COALESCE((SELECT SUM(t.unapplied) ${openCredits}), 0)) / 100.0 AS balancesearch,
  COALESCE((SELECT SUM(t.unpaid) ${openInvoices} AND t.due_date < suiteql_today()), 0) / 100.0 AS overduebalancesearch,
  c.subsidiary_id AS subsidiary, ${flag('c.is_inactive')} AS isinactive, c.modified_at AS lastmodifieddate,
  c.created_at AS datecreated FROM ns_customer c`;

const transaction = `SELECT t.id, t.tran_id AS tranid, t.tran_id AS transactionnumber, t.external_id AS externalid, t.type,
  t.status, t.entity_id AS entity, t.tran_date AS trandate, t.due_date AS duedate, t.created_at AS createddate,
  t.modified_at AS lastmodifieddate, t.closed_at AS closedate, t.period_id AS postingperiod, ${flag('t.posting')} AS posting,
  t.currency_id AS currency, CAST(t.exchange_rate AS REAL) AS exchangerate, t.memo, t.term_id AS terms,
  t.subsidiary_id AS subsidiary, t.created_from AS createdfrom, ${money('t.total')} AS foreigntotal,
  ${money('t.paid')} AS foreignamountpaid, ${money('t.unpaid')} AS foreignamountunpaid,
  CASE WHEN t.type IN ('CustPymt', 'CustCred') THEN ${money('t.unapplied')} END AS foreignpaymentamountunused,
  CASE WHEN t.type IN ('CustPymt', 'CustCred') THEN (t.total - t.unapplied) / 100.0 END AS foreignpaymentamountused,
  CASE WHEN t.type = 'CustInvc' AND t.unpaid > 0 AND t.due_date < suiteql_today()
    THEN CAST(julianday(suiteql_today()) - julianday(t.due_date) AS INTEGER) END AS daysoverduesearch,
  CASE WHEN t.type = 'CustInvc' AND t.unpaid > 0
    THEN CAST(julianday(suiteql_today()) - julianday(t.tran_date) AS INTEGER) END AS daysopen,
  t.start_date AS startdate, t.end_date AS enddate, ${money('t.one_time')} AS onetime,
  ${money('t.recur_weekly')} AS recurweekly, ${money('t.recur_monthly')} AS recurmonthly,
  ${money('t.recur_quarterly')} AS recurquarterly, ${money('t.recur_annually')} AS recurannually FROM ns_transaction t`;

const openOrders = `FROM ns_transaction t WHERE t.vendor_id = v.id AND t.type = 'PurchOrd' AND t.status IN ('B', 'D', 'E', 'F')`;
const vendor = `SELECT v.id, v.entity_id AS entityid, v.external_id AS externalid, v.company_name AS altname,
  v.company_name AS companyname, ${flag('v.is_person')} AS isperson, v.first_name AS firstname, v.last_name AS lastname,
  v.email, v.phone, v.currency_id AS currency, v.term_id AS terms, ${money('v.credit_limit')} AS creditlimit, 0.0 AS balance,
  COALESCE((SELECT SUM(ROUND(t.total * CAST(t.exchange_rate AS REAL))) ${openOrders}), 0) / 100.0 AS unbilledorders,
  v.subsidiary_id AS subsidiary, ${flag('v.is_inactive')} AS isinactive, v.modified_at AS lastmodifieddate,
  v.created_at AS datecreated FROM ns_vendor v`;

const transactionLine = `SELECT l.transaction_id AS "transaction", l.line AS id, l.line AS linesequencenumber,
  ${flag('l.line = 0')} AS mainline, 'F' AS taxline, l.item_id AS item, l.account_id AS account, l.description AS memo,
  l.quantity, ${money('l.rate')} AS rate, ${money('l.amount')} AS foreignamount,
  ROUND(l.amount * CAST(t.exchange_rate AS REAL)) / 100.0 AS netamount, t.entity_id AS entity,
  t.subsidiary_id AS subsidiary, NULL AS department, NULL AS "class", NULL AS location
  FROM ns_transaction_line l JOIN ns_transaction t ON t.id = l.transaction_id`;

const invoiceAmount = (
  column: string,
) => `(SELECT ROUND(t.${column} * CAST(t.exchange_rate AS REAL)) / 100.0 FROM ns_transaction t
  JOIN ns_account a ON a.id = p.account_id WHERE t.id = p.transaction_id AND t.type = 'CustInvc' AND a.type = 'AcctRec')`;

const accountingLine = `SELECT p.transaction_id AS "transaction", p.line AS transactionline, p.account_id AS account,
  1 AS accountingbook, 'T' AS posting, ${money('p.amount')} AS amount, ${money('p.amount')} AS netamount,
  CASE WHEN p.amount > 0 THEN ${money('p.amount')} END AS debit, CASE WHEN p.amount < 0 THEN -${money('p.amount')} END AS credit,
  ${invoiceAmount('paid')} AS amountpaid, ${invoiceAmount('unpaid')} AS amountunpaid,
  (SELECT CAST(t.exchange_rate AS REAL) FROM ns_transaction t WHERE t.id = p.transaction_id) AS exchangerate FROM ns_posting p`;

/** What each SuiteQL table selects. Anything not here is an unknown identifier. */
const definitions: Record<string, string> = {
  customer,
  vendor,
  transaction,
  transactionline: transactionLine,
  transactionaccountingline: accountingLine,
  account: `SELECT a.id, a.number AS acctnumber, a.type AS accttype, a.name AS fullname,
    a.number || ' ' || a.name AS accountsearchdisplayname, NULL AS parent, 1 AS currency, 'F' AS isinactive,
    COALESCE((SELECT SUM(p.amount) FROM ns_posting p WHERE p.account_id = a.id), 0) / 100.0 AS balance FROM ns_account a`,
  currency: `SELECT id, symbol, symbol AS name, CAST(exchange_rate AS REAL) AS exchangerate,
    ${flag('id = 1')} AS isbasecurrency, 'F' AS isinactive FROM ns_currency`,
  subsidiary: `SELECT id, name, name AS fullname, NULL AS parent, currency_id AS currency, 'F' AS iselimination,
    'F' AS isinactive FROM ns_subsidiary`,
  accountingperiod: `SELECT id, name AS periodname, start_date AS startdate, end_date AS enddate, parent_id AS parent,
    ${flag('is_year')} AS isyear, ${flag('is_quarter')} AS isquarter, 'F' AS isadjust, ${flag('is_closed')} AS closed,
    'F' AS isinactive FROM ns_period`,
  term: `SELECT id, name, days AS daysuntilnetdue, 'F' AS isinactive FROM ns_term`,
  item: `SELECT id, name AS itemid, name AS fullname, name AS displayname, type AS itemtype, 'F' AS isinactive FROM ns_item`,
  entity: `SELECT id, entity_id AS entityid, external_id AS externalid, company_name AS altname, 'CustJob' AS type,
    email, phone, ${flag('is_inactive')} AS isinactive FROM ns_customer
    UNION ALL SELECT id, entity_id, external_id, company_name, 'Vendor', email, phone, ${flag('is_inactive')} FROM ns_vendor`,
  consolidatedexchangerate: `SELECT p.id AS postingperiod, s.id AS fromsubsidiary, s.id AS tosubsidiary, 1 AS accountingbook,
    1.0 AS currentrate, 1.0 AS averagerate, 1.0 AS historicalrate FROM ns_period p, ns_subsidiary s`,
  nexttransactionlink: `SELECT invoice_id AS previousdoc, payment_id AS nextdoc, ${money('amount')} AS foreignamount,
    'Payment' AS linktype FROM ns_applied`,
  dual: `SELECT 'X' AS dummy`,
};

export const viewName = (table: string) => `suiteql_${table}`;

export const isTable = (name: string) => Object.hasOwn(definitions, name);

/** Columns that hold a day or an instant: adding a number to one is refused, as text it would be nonsense. */
export const dateColumns: ReadonlySet<string> = new Set(
  `firstorderdate lastmodifieddate datecreated trandate duedate createddate closedate startdate enddate`.split(' '),
);

export function createViews(db: DatabaseSync): void {
  for (const [table, select] of Object.entries(definitions)) {
    db.exec(`CREATE TEMP VIEW IF NOT EXISTS ${viewName(table)} AS ${select}`);
  }
}
