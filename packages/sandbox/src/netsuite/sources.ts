/**
 * SQL that REST and SOAP records share, over the SuiteQL views. Customers also show the days of their oldest
 * unpaid invoice, which the SuiteQL table does not have.
 */
export const customerSource = `(SELECT c.*, (SELECT MAX(t.daysoverduesearch) FROM suiteql_transaction t
  WHERE t.entity = c.id AND t.type = 'CustInvc') AS daysoverdue FROM suiteql_customer c)`;

/** One row for each transaction. */
const shared = `suiteql_record(t.type) AS recordtype, CASE WHEN t.closedate IS NULL THEN 'F' ELSE 'T' END AS isclosed`;
export const transactionSource = `(SELECT t.*, 'T' AS mainline, t.foreigntotal AS lineamount,
  t.foreigntotal AS foreignlineamount, NULL AS lineitem, NULL AS lineaccount, NULL AS linequantity, ${shared}
  FROM suiteql_transaction t)`;

/** One row for each line; a transaction without lines still has its main line. */
export const lineSource = `(SELECT t.*, CASE WHEN COALESCE(l.line, 0) = 0 THEN 'T' ELSE 'F' END AS mainline,
  COALESCE(l.amount / 100.0, t.foreigntotal) AS lineamount, COALESCE(l.amount / 100.0, t.foreigntotal) AS foreignlineamount,
  l.item_id AS lineitem, l.account_id AS lineaccount, l.quantity AS linequantity, ${shared}
  FROM suiteql_transaction t LEFT JOIN ns_transaction_line l ON l.transaction_id = t.id)`;

export const vendorSource = `suiteql_vendor`;

export const periodSource = `(SELECT p.*, NULL AS externalid FROM suiteql_accountingperiod p)`;

const withoutExternalId = (view: string) => `(SELECT v.*, NULL AS externalid FROM ${view} v)`;
export const currencySource = withoutExternalId('suiteql_currency');
export const termSource = withoutExternalId('suiteql_term');
export const subsidiarySource = withoutExternalId('suiteql_subsidiary');

export const accountSource = `(SELECT a.*, NULL AS externalid FROM suiteql_account a)`;

/** The display text of a reference, by the column of the row `r` that holds it. */
export const referenceNames: Record<string, string> = {
  currency: '(SELECT symbol FROM ns_currency d WHERE d.id = r.currency)',
  terms: '(SELECT name FROM ns_term d WHERE d.id = r.terms)',
  subsidiary: '(SELECT name FROM ns_subsidiary d WHERE d.id = r.subsidiary)',
  postingperiod: '(SELECT name FROM ns_period d WHERE d.id = r.postingperiod)',
  entity: `COALESCE((SELECT suiteql_entity(entity_id, company_name) FROM ns_customer d WHERE d.id = r.entity),
    (SELECT suiteql_entity(entity_id, company_name) FROM ns_vendor d WHERE d.id = r.entity))`,
  createdfrom: `(SELECT suiteql_type(d.type) || ' #' || d.tran_id FROM ns_transaction d WHERE d.id = r.createdfrom)`,
};
